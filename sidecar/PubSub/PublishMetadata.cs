using System.Globalization;
using Resort.Sidecar.Api;

namespace Resort.Sidecar.PubSub;

/// <summary>The entries of a publisher's metadata that mean something to Dapr. Their names do not differ by case.</summary>
internal static class PublishMetadata
{
    private static readonly DateTimeOffset latest = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    /// <summary>Whether the bytes go out as they are, without an envelope.</summary>
    /// <exception cref="DaprException">The value is no bool.</exception>
    public static bool IsRaw(IReadOnlyDictionary<string, string> metadata, string pubsub) =>
        metadata.Count > 0 && Find(metadata, "rawPayload") is { Length: > 0 } text && (Bool(text) ?? throw new DaprException(Errors.RawPayloadNotBool(pubsub, text)));

    /// <summary>A bool in one of Go's spellings; null if it is none.</summary>
    public static bool? Bool(string text) => text switch
    {
        "1" or "t" or "T" or "TRUE" or "true" or "True" => true,
        "0" or "f" or "F" or "FALSE" or "false" or "False" => false,
        _ => null,
    };

    /// <summary>When a message expires that is published now; null if it does not. A time to live that is no number or negative does not count.</summary>
    public static DateTimeOffset? Expiration(IReadOnlyDictionary<string, string> metadata, DateTimeOffset now)
    {
        if (metadata.Count == 0 || (Find(metadata, "ttlInSeconds") ?? Find(metadata, "ttl")) is not { } text) return null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) || seconds < 0) return null;
        return seconds < (latest - now).TotalSeconds ? now.AddSeconds(seconds) : latest;
    }

    private static string? Find(IReadOnlyDictionary<string, string> metadata, string name)
    {
        if (metadata.TryGetValue(name, out var value)) return value;
        foreach (var entry in metadata)
            if (entry.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) return entry.Value;
        return null;
    }
}
