#nullable disable

using System.Text.Json.Serialization;

namespace Dapr;

/// <summary>An event whose envelope the publisher wants to influence; Dapr adds what is missing.</summary>
public class CloudEvent
{
    /// <summary>Where the event happened; Dapr's default is <c>Dapr</c>.</summary>
    [JsonPropertyName("source")]
    public Uri Source { get; init; }

    /// <summary>What happened.</summary>
    [JsonPropertyName("type")]
    public string Type { get; init; }

    /// <summary>What it happened to.</summary>
    [JsonPropertyName("subject")]
    public string Subject { get; init; }
}

/// <summary>An event with data.</summary>
public class CloudEvent<TData>(TData data) : CloudEvent
{
    /// <summary>The data.</summary>
    public TData Data { get; } = data;

    /// <summary>Always <c>application/json</c>.</summary>
    [JsonPropertyName("datacontenttype")]
    public string DataContentType { get; } = "application/json";
}
