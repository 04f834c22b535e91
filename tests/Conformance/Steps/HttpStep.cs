using System.Net;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Resort.Tests.Conformance.Recordings;
using Resort.Tests.Conformance.Replaying;
using Resort.Tests.Conformance.Wire;

namespace Resort.Tests.Conformance.Steps;

/// <summary>A call of the sidecar.</summary>
internal record HttpStep : Step
{
    private static readonly TimeSpan betweenTries = TimeSpan.FromMilliseconds(100);

    public string Method { get; init; } = "GET";
    public required string Path { get; init; }
    public IReadOnlyDictionary<string, JsonNode> Headers { get; init; } = new Dictionary<string, JsonNode>();

    /// <summary>Text, or JSON that gets its content type unless the headers have one.</summary>
    public JsonNode? Body { get; init; }

    /// <summary>Bytes as the body.</summary>
    [JsonPropertyName("base64")]
    public byte[]? Bytes { get; init; }

    /// <summary>A body of so many times <c>x</c>.</summary>
    public int? Repeat { get; init; }

    /// <summary>A body without length, in parts.</summary>
    public IReadOnlyList<PartScript>? Chunks { get; init; }

    /// <summary>Another port than the sidecar's HTTP port.</summary>
    public string? Port { get; init; }
    public int Timeout { get; init; } = 30_000;
    public int? HangUpAfterMs { get; init; }

    /// <summary>Asked again until this field of the answer has this value, at most <see cref="Within"/> milliseconds.</summary>
    [JsonPropertyName("until")]
    public JsonNode? UntilValue { get; init; }
    public int Within { get; init; } = 8000;

    /// <summary>Values of the answer to keep, by name and place (<c>header.etag</c>, <c>body.id</c>).</summary>
    public IReadOnlyDictionary<string, string> Save { get; init; } = new Dictionary<string, string>();

    /// <summary>A JSON body is recorded as its exact text.</summary>
    public bool Raw { get; init; }

    /// <summary>These lists in the body have no order.</summary>
    public IReadOnlyList<string> Sort { get; init; } = [];

    /// <summary>Only these fields of the body are recorded.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Only what these regular expressions find in the body is recorded.</summary>
    public IReadOnlyList<string>? Find { get; init; }

    /// <summary>Which of these headers the answer does not have.</summary>
    public IReadOnlyList<string>? Absent { get; init; }
    public bool Framing { get; init; }
    public bool Timed { get; init; }

    /// <summary>Records the time to the first byte of the body.</summary>
    public bool Stream { get; init; }

    protected virtual Version Version => HttpVersion.Version11;

    protected override string Summary => $"{(Do == "http" ? "" : Do + " ")}{Method} {Path}";

    public override async Task<JsonNode?> PlayAsync(Replay replay)
    {
        for (var began = TimeProvider.System.GetTimestamp(); ; await Task.Delay(betweenTries))
        {
            var answer = await SendAsync(replay);
            if (UntilValue is not JsonObject until || TimeProvider.System.GetElapsedTime(began).TotalMilliseconds > Within) return answer;
            if (until.All(wanted => RecordedAnswer.Pick(answer, wanted.Key) == wanted.Value!.ToString())) return answer;
        }
    }

    /// <summary>Sends it once.</summary>
    protected async Task<JsonObject> SendAsync(Replay replay)
    {
        var answer = await WireClient.SendAsync(new WireCall
        {
            Port = Port is null ? replay.Sidecar(Sidecar).HttpPort : int.Parse(replay.Placeholders.Fill(Port), System.Globalization.CultureInfo.InvariantCulture),
            Method = Method,
            Path = replay.Placeholders.Fill(Path),
            Version = Version,
            Headers = [.. HeadersOf(replay)],
            Body = BodyOf(replay),
            Timeout = TimeSpan.FromMilliseconds(Timeout),
            HangUpAfter = HangUpAfterMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
        });
        return RecordedAnswer.Of(this, answer, replay.Placeholders);
    }

    private IEnumerable<KeyValuePair<string, string>> HeadersOf(Replay replay)
    {
        if (Body is JsonObject or JsonArray && !Headers.Keys.Contains("content-type", StringComparer.OrdinalIgnoreCase)) yield return KeyValuePair.Create("content-type", "application/json");
        foreach (var (name, value) in Headers)
            foreach (var one in value as JsonArray ?? [value.DeepClone()]) yield return KeyValuePair.Create(name, replay.Placeholders.Fill(one!.ToString()));
    }

    private HttpContent? BodyOf(Replay replay)
    {
        if (Chunks is not null) return new PartsContent(Chunks);
        if (Bytes is not null) return new ByteArrayContent(Bytes);
        if (Repeat is { } times) return new ByteArrayContent([.. Enumerable.Repeat((byte)'x', times)]);
        if (Body is null) return null;
        var text = Body is JsonValue && Body.GetValueKind() == System.Text.Json.JsonValueKind.String ? replay.Placeholders.Fill(Body.GetValue<string>()) : Json.Text(replay.Placeholders.Fill(Body));
        return new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(text));
    }
}
