using System.Text.Json;
using Resort.Sidecar.Json;

namespace Resort.Sidecar.PubSub;

/// <summary>An entry of a bulk publish, as it is written.</summary>
internal sealed record BulkEntryJson(string? EntryId, JsonElement Event, string? ContentType, Dictionary<string, string>? Metadata)
{
    private const string Entry = "bulkPublishMessageEntry";

    /// <summary>Reads an array of entries.</summary>
    /// <exception cref="JsonException">It is something else; the message is that of Go.</exception>
    public static List<BulkEntryJson> ReadAll(ReadOnlyMemory<byte> body)
    {
        var list = GoDecoder.First(body);
        return list.ValueKind switch
        {
            JsonValueKind.Null => [],
            JsonValueKind.Array => [.. list.EnumerateArray().Select(Read)],
            _ => throw GoDecoder.Mismatch(list, $"value of type []http.{Entry}"),
        };
    }

    private static BulkEntryJson Read(JsonElement entry)
    {
        var read = new BulkEntryJson(null, default, null, null);
        if (entry.ValueKind == JsonValueKind.Null) return read;
        if (entry.ValueKind != JsonValueKind.Object) throw GoDecoder.Mismatch(entry, $"value of type http.{Entry}");
        foreach (var field in entry.EnumerateObject())
            read = field.Name.ToUpperInvariant() switch
            {
                "ENTRYID" => read with { EntryId = GoDecoder.Text(field.Value, $"struct field {Entry}.entryId") ?? read.EntryId },
                "EVENT" => read with { Event = field.Value },
                "CONTENTTYPE" => read with { ContentType = GoDecoder.Text(field.Value, $"struct field {Entry}.contentType") ?? read.ContentType },
                "METADATA" => read with { Metadata = GoDecoder.Texts(field.Value, $"struct field {Entry}.metadata") },
                _ => read,
            };
        return read;
    }
}
