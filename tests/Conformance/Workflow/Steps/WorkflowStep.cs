using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Resort.Tests.Conformance.Workflow.Steps;

/// <summary>One step of a scenario, and what real Dapr did.</summary>
[JsonConverter(typeof(WorkflowStepConverter))]
internal abstract record WorkflowStep
{
    public string Do { get; init; } = "call";

    /// <summary>What was recorded; nothing is compared without it.</summary>
    public JsonNode? Got { get; init; }

    /// <summary>Names or paths of fields whose difference does not count.</summary>
    public IReadOnlyList<string> Loose { get; init; } = [];

    /// <summary>Plays the step and tells what came, in the form of the recording.</summary>
    public abstract Task<JsonNode?> PlayAsync(WorkflowReplay replay);
}
