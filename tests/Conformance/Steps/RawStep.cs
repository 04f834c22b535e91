using System.Text.Json;
using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Recordings;
using Resort.Tests.Conformance.Replaying;
using Resort.Tests.Conformance.Wire;

namespace Resort.Tests.Conformance.Steps;

/// <summary>Bytes to the sidecar's HTTP port, as they are.</summary>
internal sealed record RawStep : Step
{
    /// <summary>A text, or parts of what is sent.</summary>
    public required JsonNode Send { get; init; }

    /// <summary>How many milliseconds answers are awaited.</summary>
    public int Within { get; init; } = 1500;
    public bool HangUp { get; init; }

    public override async Task<JsonNode?> PlayAsync(Replay replay)
    {
        var parts = (Send as JsonArray ?? [Send.DeepClone()]).Select(part => Part(replay.Placeholders.Fill(part)!));
        return replay.Placeholders.Blank(await RawExchange.RunAsync(replay.Sidecar(Sidecar).HttpPort, parts, TimeSpan.FromMilliseconds(Within), HangUp));
    }

    private static PartScript Part(JsonNode part) => part is JsonValue text ? new PartScript(text.GetValue<string>(), null, 0, false) : part.Deserialize<PartScript>(Json.Options)!;
}
