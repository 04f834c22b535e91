using System.Text.Json;

namespace Dapr.Client;

/// <summary>The JSON of state writes.</summary>
internal sealed partial class DaprHttpClient
{
    private void WriteItem<TValue>(JsonBody body, in SaveStateItem<TValue> item)
    {
        body.Json.WriteStartObject();
        body.Json.WriteString("key", item.Key);
        if (item.Value is not null)
        {
            body.Json.WritePropertyName("value");
            JsonSerializer.Serialize(body.Json, item.Value, jsonOptions);
        }

        WriteConditions(body, item.ETag, item.StateOptions, item.Metadata);
        body.Json.WriteEndObject();
    }

    private static void WriteConditions(JsonBody body, string? etag, StateOptions? options, IReadOnlyDictionary<string, string>? metadata)
    {
        if (!string.IsNullOrEmpty(etag))
            body.Json.WriteString("etag", etag);
        body.WriteMetadata(metadata);
        if (options is null)
            return;

        body.Json.WriteStartObject("options");
        if (options.Concurrency is { } concurrency)
            body.Json.WriteString("concurrency", concurrency.Word());
        if (options.Consistency is { } consistency)
            body.Json.WriteString("consistency", consistency.Word());
        body.Json.WriteEndObject();
    }
}
