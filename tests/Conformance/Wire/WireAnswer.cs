using System.Text;
using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Comparison;

namespace Resort.Tests.Conformance.Wire;

/// <summary>An answer, or the way in which a call failed.</summary>
internal sealed record WireAnswer
{
    public int? Status { get; init; }
    public IReadOnlyDictionary<string, JsonNode> Headers { get; init; } = new Dictionary<string, JsonNode>();
    public byte[] Body { get; init; } = [];

    public required Moment Began { get; init; }

    /// <summary>When the first byte of the body came.</summary>
    public Moment? FirstByte { get; init; }
    public required Moment Ended { get; init; }

    /// <summary>Why there is no answer, in the words of the recordings.</summary>
    public string? Error { get; init; }

    /// <summary>Why the answer ended in the middle of its body.</summary>
    public string? Broken { get; init; }

    public string? ContentType => Headers.TryGetValue("content-type", out var type) ? type.ToString() : null;
    public string Text => Encoding.UTF8.GetString(Body);
}
