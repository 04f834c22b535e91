using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Resort.Tests.Conformance.Workflow.Steps;

/// <summary>Reads a step as the type that its <c>do</c> names.</summary>
internal sealed class WorkflowStepConverter : JsonConverter<WorkflowStep>
{
    private static readonly Dictionary<string, Type> types = new()
    {
        ["call"] = typeof(CallStep),
        ["result"] = typeof(ResultStep),
        ["items"] = typeof(ItemsStep),
        ["until"] = typeof(UntilStep),
        ["together"] = typeof(TogetherStep),
        ["peak"] = typeof(PeakStep),
        ["times"] = typeof(TimesStep),
        ["sleep"] = typeof(SleepStep),
        ["worker"] = typeof(WorkerStep),
        ["worker-close"] = typeof(WorkerCloseStep),
        ["stream-end"] = typeof(StreamEndStep),
        ["stop"] = typeof(StopStep),
        ["start"] = typeof(StartStep),
        ["http"] = typeof(HttpStep),
    };

    public override WorkflowStep? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var fields = JsonNode.Parse(ref reader)!.AsObject();
        var kind = fields["do"]?.GetValue<string>() ?? "call";
        return (WorkflowStep?)fields.Deserialize(types.GetValueOrDefault(kind) ?? throw new JsonException($"there is no step '{kind}'"), options);
    }

    public override void Write(Utf8JsonWriter writer, WorkflowStep value, JsonSerializerOptions options) => throw new NotSupportedException("recordings are only read");
}
