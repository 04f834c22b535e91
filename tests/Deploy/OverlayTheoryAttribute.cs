using System.Reflection;
using Resort.Tests.Harness.Servers;
using Resort.Tests.Deploy.Manifests;
using Xunit.Sdk;

namespace Resort.Tests.Deploy;

/// <summary>A test of every overlay, which <c>kubectl</c> renders; without it, or another program that it needs, the test is skipped by name.</summary>
public sealed class OverlayTheoryAttribute : TheoryAttribute
{
    public OverlayTheoryAttribute(params string[] programs) => Skip = ServerProgram.ReasonToSkip(["kubectl", .. programs]);
}

/// <summary>The names of all overlays.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OverlaysAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => Overlay.Names.Select(name => new object[] { name });
}
