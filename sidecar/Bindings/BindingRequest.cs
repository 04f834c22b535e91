using System.Text.Json;
using Resort.Sidecar.Json;

namespace Resort.Sidecar.Bindings;

/// <summary>One call of an output binding: the operation, its data as JSON (<c>null</c> if there is none) and metadata.</summary>
internal sealed record BindingRequest(string Operation, ReadOnlyMemory<byte> Data, Dictionary<string, string> Metadata)
{
    /// <summary>Reads a body as daprd does: only the first JSON value counts, and <c>null</c> is an empty body.</summary>
    /// <exception cref="JsonException">The body is none.</exception>
    public static BindingRequest Read(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(GoJson.Readable(body).Span, GoJson.ReaderOptions);
        reader.Read();
        var (operation, data, metadata) = ("", "null"u8.ToArray(), new Dictionary<string, string>(StringComparer.Ordinal));
        if (!GoFields.Enter(ref reader, "the body")) return new BindingRequest(operation, data, metadata);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            if (GoFields.Is(ref reader, "operation"u8)) operation = GoFields.Text(ref reader, "operation") ?? operation;
            else if (GoFields.Is(ref reader, "metadata"u8)) metadata = GoFields.Texts(ref reader, "metadata") ?? metadata;
            else if (GoFields.Is(ref reader, "data"u8))
            {
                reader.Read();
                data = GoJson.Normalize(ref reader);
            }
            else reader.Skip();
        return new BindingRequest(operation, data, metadata);
    }
}
