using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Resort.Tests.Conformance.Steps;

/// <summary>Reads a step as the type that its <c>do</c> names.</summary>
internal sealed class StepConverter : JsonConverter<Step>
{
    private static readonly Dictionary<string, Type> types = new()
    {
        ["http"] = typeof(HttpStep),
        ["h2"] = typeof(Http2Step),
        ["raw"] = typeof(RawStep),
        ["poll"] = typeof(PollStep),
        ["callbacks"] = typeof(CallbacksStep),
        ["together"] = typeof(TogetherStep),
        ["sleep"] = typeof(SleepStep),
        ["write"] = typeof(WriteStep),
        ["start"] = typeof(StartStep),
        ["stop"] = typeof(StopStep),
        ["signal"] = typeof(SignalStep),
        ["exit"] = typeof(ExitStep),
        ["spans"] = typeof(SpansStep),
        ["metrics"] = typeof(MetricsStep),
        ["log"] = typeof(LogStep),
        ["app-start"] = typeof(AppStartStep),
        ["app-stop"] = typeof(AppStopStep),
    };

    public override Step? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var fields = JsonNode.Parse(ref reader)!.AsObject();
        fields.Remove("first"); // a note of whoever recorded it
        var type = types.GetValueOrDefault(fields["do"]?.GetValue<string>() ?? "http", typeof(KnowledgeStep));
        return (Step?)fields.Deserialize(type, options);
    }

    public override void Write(Utf8JsonWriter writer, Step value, JsonSerializerOptions options) => throw new NotSupportedException("recordings are only read");
}
