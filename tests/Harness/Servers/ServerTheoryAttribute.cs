using Xunit;

namespace Resort.Tests.Harness.Servers;

/// <inheritdoc cref="ServerFactAttribute"/>
public sealed class ServerTheoryAttribute : TheoryAttribute
{
    public ServerTheoryAttribute(params string[] programs) => Skip = ServerProgram.ReasonToSkip(programs);
}
