using System.Text.Json;
using System.Text.Json.Serialization;

namespace Resort.Tests.Conformance.Workflow.Script;

/// <summary>How many work items get no answer: <c>true</c> in a script means all.</summary>
[JsonConverter(typeof(Reader))]
internal readonly record struct Silence(int Times)
{
    private sealed class Reader : JsonConverter<Silence>
    {
        public override Silence Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.TokenType switch
        {
            JsonTokenType.True => int.MaxValue,
            JsonTokenType.False => 0,
            _ => reader.GetInt32(),
        });

        public override void Write(Utf8JsonWriter writer, Silence value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
