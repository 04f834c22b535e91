using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Resort.Sidecar.Api;

namespace Resort.Sidecar.PubSub;

/// <summary>An event of a bulk publish, as bytes.</summary>
internal sealed record BulkPublishEntry(string Id, ReadOnlyMemory<byte> Event, string ContentType, IReadOnlyDictionary<string, string> Metadata);

/// <summary>Reads the body of a bulk publish: an array of entries, whose content type says how the event is written in JSON.</summary>
internal sealed class BulkPublishBody(string pubsub, string topic, string appId, Dictionary<string, string> query)
{
    private static readonly SearchValues<char> alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    /// <exception cref="DaprException">The body or an entry is wrong; then none of the entries counts.</exception>
    public List<BulkPublishEntry> Read(ReadOnlyMemory<byte> body)
    {
        var entries = Parse(body);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        if (!entries.TrueForAll(entry => entry.EntryId is { Length: > 0 } id && ids.Add(id))) throw new DaprException(Errors.BulkEntryId(pubsub, topic, appId));
        return entries.ConvertAll(entry => new BulkPublishEntry(entry.EntryId!, Event(entry), entry.ContentType ?? "", Metadata(entry)));
    }

    private List<BulkEntryJson> Parse(ReadOnlyMemory<byte> body)
    {
        try { return BulkEntryJson.ReadAll(body); }
        catch (JsonException e) { throw new DaprException(Errors.BulkUnreadable(pubsub, topic, appId, e.Message)); }
    }

    /// <summary>The query's metadata reaches an entry only if it has some of its own, even if empty; its own values win.</summary>
    private Dictionary<string, string> Metadata(BulkEntryJson entry)
    {
        if (entry.Metadata is not { } own) return [];
        foreach (var (name, value) in query) own.TryAdd(name, value);
        return own;
    }

    private ReadOnlyMemory<byte> Event(BulkEntryJson entry)
    {
        if (MediaType.IsJson(entry.ContentType) || MediaType.IsCloudEvent(entry.ContentType))
            return entry.Event.ValueKind == JsonValueKind.Undefined ? "null"u8.ToArray() : JsonMarshal.GetRawUtf8Value(entry.Event).ToArray();
        if (entry.Event.ValueKind == JsonValueKind.String && entry.Event.GetString() is { } text)
        {
            if (MediaType.IsText(entry.ContentType)) return Encoding.UTF8.GetBytes(text);
            if (MediaType.IsBinary(entry.ContentType)) return Decode(text);
        }
        throw new DaprException(Errors.BulkContent(pubsub, topic, appId, "error: mismatch between contentType and event"));
    }

    private byte[] Decode(string base64)
    {
        if (Base64.IsValid(base64)) return Convert.FromBase64String(base64);
        var wrong = base64.AsSpan().IndexOfAnyExcept(alphabet);
        throw new DaprException(Errors.BulkContent(pubsub, topic, appId,
            $"error: unable to decode base64 application/octect-stream data: illegal base64 data at input byte {(wrong < 0 ? base64.Length : wrong)}"));
    }
}
