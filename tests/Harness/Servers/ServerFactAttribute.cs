using Xunit;

namespace Resort.Tests.Harness.Servers;

/// <summary>A test that needs servers; where a program is missing it is skipped by name, or fails with RESORT_REQUIRE_SERVERS=1.</summary>
public sealed class ServerFactAttribute : FactAttribute
{
    public ServerFactAttribute(params string[] programs) => Skip = ServerProgram.ReasonToSkip(programs);
}
