using System.Text.Json;

namespace Resort.Sidecar.PubSub;

/// <summary>A message's metadata as JSON, which is how brokers carry it.</summary>
internal static class MessageMetadata
{
    private static readonly IReadOnlyDictionary<string, string> none = new Dictionary<string, string>();

    /// <summary>Null if there is none.</summary>
    public static string? Write(IReadOnlyDictionary<string, string> metadata) =>
        metadata.Count == 0 ? null : JsonSerializer.Serialize(metadata, PubSubJson.Default.IReadOnlyDictionaryStringString);

    /// <exception cref="JsonException">It is no JSON, or holds other than texts.</exception>
    public static IReadOnlyDictionary<string, string> Read(string? json) =>
        string.IsNullOrEmpty(json) ? none : JsonSerializer.Deserialize(json, PubSubJson.Default.IReadOnlyDictionaryStringString) ?? none;
}
