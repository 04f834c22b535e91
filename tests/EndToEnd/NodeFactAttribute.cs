using Resort.Tests.Harness;

namespace Resort.Tests.EndToEnd;

/// <summary>A test that needs the services on Node; without Node it is skipped by name, or fails when RESORT_REQUIRE_SERVERS=1.</summary>
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (!ResortSystem.HasNode && Environment.GetEnvironmentVariable("RESORT_REQUIRE_SERVERS") != "1") Skip = "Notification was not built: it needs Node 20 with npm";
    }
}
