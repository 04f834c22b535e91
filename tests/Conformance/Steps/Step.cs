using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Resort.Tests.Conformance.Replaying;

namespace Resort.Tests.Conformance.Steps;

/// <summary>One step of a scenario, and what was recorded when real Dapr was there.</summary>
[JsonConverter(typeof(StepConverter))]
internal abstract record Step
{
    public string Do { get; init; } = "http";

    /// <summary>The sidecar it is about; the first of the scenario if absent.</summary>
    public string? Sidecar { get; init; }

    /// <summary>What was recorded; null for a step that only prepares.</summary>
    public JsonNode? Got { get; init; }

    /// <summary>Names or paths of fields whose difference does not count; an empty one means all.</summary>
    public IReadOnlyList<string> Loose { get; init; } = [];

    /// <summary>The same, and fields whose words each sidecar chooses.</summary>
    [JsonIgnore]
    public virtual IReadOnlyList<string> Free => Loose;

    /// <summary>A list in the result has no order.</summary>
    public bool Unordered { get; init; }

    /// <summary>Not asked of another sidecar.</summary>
    public bool DaprdOnly { get; init; }

    /// <summary>It only means something for a sidecar that is a process of its own.</summary>
    [JsonIgnore]
    public virtual bool NeedsProcess => false;

    /// <summary>Plays it and says what happened, in the form of the recordings.</summary>
    public abstract Task<JsonNode?> PlayAsync(Replay replay);

    public sealed override string ToString() => Summary;

    /// <summary>What it does, in a few words.</summary>
    [JsonIgnore]
    protected virtual string Summary => Do;
}
