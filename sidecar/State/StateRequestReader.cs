using System.Text.Json;
using Resort.Sidecar.Json;

namespace Resort.Sidecar.State;

/// <summary>One operation of a transaction: <c>upsert</c> or <c>delete</c>, checked later.</summary>
internal sealed record StateOperation(string Operation, StateItem Item);

/// <summary>Reads the bodies of the state API as daprd does: only the first JSON value counts, and <c>null</c> is an empty body.</summary>
internal static class StateRequestReader
{
    /// <summary>The items of a save.</summary>
    /// <exception cref="JsonException">The body is no array of items.</exception>
    public static List<StateItem> Items(ReadOnlyMemory<byte> body)
    {
        var reader = Begin(body);
        List<StateItem> items = [];
        if (!GoFields.EnterArray(ref reader, "the body")) return items;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Item(ref reader));
        return items;
    }

    /// <summary>The keys of a bulk get.</summary>
    /// <exception cref="JsonException">The body is no bulk get.</exception>
    public static List<string> Keys(ReadOnlyMemory<byte> body)
    {
        var reader = Begin(body);
        List<string> keys = [];
        if (!GoFields.Enter(ref reader, "the body")) return keys;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            if (GoFields.Is(ref reader, "keys"u8)) keys = Texts(ref reader, "keys");
            else if (GoFields.Is(ref reader, "metadata"u8)) GoFields.Texts(ref reader, "metadata");
            else reader.Skip();
        return keys;
    }

    /// <summary>The operations of a transaction. Its own metadata has no effect on the stores that there are.</summary>
    /// <exception cref="JsonException">The body is no transaction.</exception>
    public static List<StateOperation> Operations(ReadOnlyMemory<byte> body)
    {
        var reader = Begin(body);
        List<StateOperation> operations = [];
        if (!GoFields.Enter(ref reader, "the body")) return operations;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            if (GoFields.Is(ref reader, "operations"u8))
            {
                reader.Read();
                operations.Clear();
                if (!GoFields.EnterArray(ref reader, "operations")) continue;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) operations.Add(Operation(ref reader));
            }
            else if (GoFields.Is(ref reader, "metadata"u8)) GoFields.Texts(ref reader, "metadata");
            else reader.Skip();
        return operations;
    }

    private static Utf8JsonReader Begin(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(GoJson.Readable(body).Span, GoJson.ReaderOptions);
        reader.Read();
        return reader;
    }

    private static StateOperation Operation(ref Utf8JsonReader reader)
    {
        var (name, item) = ("", new StateItem());
        if (!GoFields.Enter(ref reader, "an operation")) return new StateOperation(name, item);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            if (GoFields.Is(ref reader, "operation"u8)) name = GoFields.Text(ref reader, "operation") ?? name;
            else if (GoFields.Is(ref reader, "request"u8))
            {
                reader.Read();
                item = Item(ref reader);
            }
            else reader.Skip();
        return new StateOperation(name, item);
    }

    private static StateItem Item(ref Utf8JsonReader reader)
    {
        var item = new StateItem();
        if (!GoFields.Enter(ref reader, "an item")) return item;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            if (GoFields.Is(ref reader, "key"u8)) item.Key = GoFields.Text(ref reader, "key") ?? item.Key;
            else if (GoFields.Is(ref reader, "value"u8))
            {
                reader.Read();
                item.Value = GoJson.Normalize(ref reader);
            }
            else if (GoFields.Is(ref reader, "etag"u8)) item.ETag = GoFields.Text(ref reader, "etag");
            else if (GoFields.Is(ref reader, "metadata"u8)) item.Metadata = GoFields.Texts(ref reader, "metadata");
            else if (GoFields.Is(ref reader, "contentType"u8)) item.ContentType = GoFields.Text(ref reader, "contentType");
            else if (GoFields.Is(ref reader, "options"u8)) Options(ref reader, item);
            else reader.Skip();
        return item;
    }

    private static void Options(ref Utf8JsonReader reader, StateItem item)
    {
        reader.Read();
        if (!GoFields.Enter(ref reader, "options")) return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            if (GoFields.Is(ref reader, "concurrency"u8)) item.Concurrency = GoFields.Text(ref reader, "options.concurrency");
            else if (GoFields.Is(ref reader, "consistency"u8)) item.Consistency = GoFields.Text(ref reader, "options.consistency");
            else reader.Skip();
    }

    private static List<string> Texts(ref Utf8JsonReader reader, string what)
    {
        reader.Read();
        List<string> texts = [];
        if (!GoFields.EnterArray(ref reader, what)) return texts;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            texts.Add(reader.TokenType switch
            {
                JsonTokenType.String => GoJson.Text(ref reader),
                JsonTokenType.Null => "",
                _ => throw new JsonException($"{what} must be strings"),
            });
        return texts;
    }
}
