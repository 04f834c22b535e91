using System.Text;
using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Wire;

/// <summary>An answer, or the way in which a call failed.</summary>
internal sealed record WireAnswer
{
    public int? Status { get; init; }
    public IReadOnlyDictionary<string, JsonNode> Headers { get; init; } = new Dictionary<string, JsonNode>();
    public byte[] Body { get; init; } = [];

    /// <summary>The time to the first byte of the body, and to the end of the call.</summary>
    public TimeSpan? FirstByte { get; init; }
    public TimeSpan Elapsed { get; init; }

    /// <summary>Why there is no answer, in the words of the recordings.</summary>
    public string? Error { get; init; }

    /// <summary>Why the answer ended in the middle of its body.</summary>
    public string? Broken { get; init; }

    public string? ContentType => Headers.TryGetValue("content-type", out var type) ? type.ToString() : null;
    public string Text => Encoding.UTF8.GetString(Body);
}
