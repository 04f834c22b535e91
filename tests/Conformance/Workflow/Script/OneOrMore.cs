using System.Text.Json;
using System.Text.Json.Serialization;

namespace Resort.Tests.Conformance.Workflow.Script;

/// <summary>Reads a list, or one element without brackets.</summary>
internal sealed class OneOrMore<T> : JsonConverter<IReadOnlyList<T>>
{
    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.StartArray ? JsonSerializer.Deserialize<T[]>(ref reader, options)! : [JsonSerializer.Deserialize<T>(ref reader, options)!];

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) => throw new NotSupportedException();
}
