using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Resort.Tests.Conformance.Workflow.Steps;

namespace Resort.Tests.Conformance.Workflow;

/// <summary>One recorded scenario: a sidecar, what its worker answers, and the steps with what real Dapr did.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)] // notes of whoever recorded it
internal sealed record WorkflowScenario
{
    public required string Name { get; init; }

    /// <summary>Scripts by name; their format is that of <see cref="Script.WorkerScript"/>.</summary>
    public JsonObject? Workflows { get; init; }
    public JsonObject? Activities { get; init; }

    /// <summary>0 if no worker is connected at the start.</summary>
    public int Workers { get; init; } = 1;

    /// <summary><c>memory</c>, <c>sqlite</c>, <c>plain</c> (not for workflows) or <c>none</c>.</summary>
    public string Store { get; init; } = "memory";
    public JsonObject? Config { get; init; }
    public IReadOnlyList<string> Flags { get; init; } = [];
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>Names or paths of fields whose difference does not count.</summary>
    public IReadOnlyList<string> Loose { get; init; } = [];
    public required IReadOnlyList<WorkflowStep> Steps { get; init; }
}
