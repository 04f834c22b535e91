using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Resort.Tests.Conformance.Recordings;

/// <summary>A scripted application; a silent one takes connections and never answers.</summary>
internal sealed record AppScript(IReadOnlyList<RouteScript>? Routes, bool Silent)
{
    /// <summary>The same with every text replaced.</summary>
    public AppScript Filled(Func<string, string> fill) => this with { Routes = Routes?.Select(route => route with { Path = fill(route.Path), Answer = Json.Map(route.Answer, fill) }).ToList() };
}

/// <summary>
/// What the app answers to a path (a trailing <c>*</c> matches a prefix, no method matches all): an answer, or a list of them of which the last
/// repeats. An early one begins before the body is read.
/// </summary>
internal sealed record RouteScript(string? Method, string Path, JsonNode? Answer, bool Early);

/// <summary>One answer of an app.</summary>
internal sealed record AnswerScript
{
    public int Status { get; init; } = 200;
    public IReadOnlyDictionary<string, JsonNode> Headers { get; init; } = new Dictionary<string, JsonNode>();

    /// <summary>Text, or JSON.</summary>
    public JsonNode? Body { get; init; }

    /// <summary>Bytes as the body.</summary>
    [JsonPropertyName("base64")]
    public byte[]? Bytes { get; init; }

    /// <summary>A body of so many times <c>x</c>.</summary>
    public int? Repeat { get; init; }

    /// <summary>The request's body as the body.</summary>
    public bool Echo { get; init; }

    /// <summary>Parts of a body sent one after the other, before the rest.</summary>
    public IReadOnlyList<PartScript> Chunks { get; init; } = [];
    public int DelayMs { get; init; }

    /// <summary>Closes the connection instead of an answer.</summary>
    public bool Reset { get; init; }

    /// <summary>Closes the connection in the middle of the body.</summary>
    public bool BreakOff { get; init; }

    /// <summary>All bytes of the answer, status line and headers too.</summary>
    public string? Raw { get; init; }
}
