using System.Text;
using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Comparison;

namespace Resort.Tests.Conformance.App;

/// <summary>One request that an app got.</summary>
internal sealed class AppCall
{
    public required string Method { get; init; }

    /// <summary>Path and query as they came.</summary>
    public required string Target { get; init; }
    public required IReadOnlyDictionary<string, JsonNode> Headers { get; init; }
    public byte[] Body { get; set; } = [];

    /// <summary>When its headers came, and when its body had come.</summary>
    public Moment Began { get; init; }
    public Moment Ended { get; set; }

    /// <summary>The caller broke off before the body was complete.</summary>
    public bool IsBroken { get; set; }

    /// <summary>The caller had gone before the answer was complete.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>A step has shown it.</summary>
    public bool IsTaken { get; set; }

    public string Path => Target.Split('?')[0];
    public string Text => Encoding.UTF8.GetString(Body);
    public JsonNode? RecordedBody => Wire.RecordedBody.Of(Body, Headers.TryGetValue("content-type", out var type) ? type.GetValue<string>() : null);
}
