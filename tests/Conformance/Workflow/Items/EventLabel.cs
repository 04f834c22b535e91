using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Workflow.Items;

/// <summary>A history event in a few words: kind, <c>#</c> its own id, <c>&gt;</c> the id that it answers, name or status.</summary>
internal static class EventLabel
{
    private static readonly string[] common = ["eventId", "timestamp", "router"];
    private static readonly string[] answering = ["taskCompleted", "taskFailed", "childWorkflowInstanceCompleted", "childWorkflowInstanceFailed", "timerFired"];

    /// <summary>What an event is: the name of its body.</summary>
    public static string KindOf(JsonNode happened) => happened.AsObject().Select(field => field.Key).FirstOrDefault(name => !common.Contains(name), "none");

    public static JsonArray Of(JsonArray events) => new([.. events.Select(happened => (JsonNode)Of(happened!))]);

    public static string Of(JsonNode happened)
    {
        var kind = KindOf(happened);
        var body = happened[kind];
        var id = happened["eventId"]?.GetValue<int>() ?? 0;
        var answered = (body?["taskScheduledId"] ?? body?["timerId"])?.GetValue<int>() ?? (answering.Contains(kind) ? 0 : null);
        string?[] words = [kind, id == -1 ? null : $"#{id}", answered is null ? null : $">{answered}", (body?["name"] ?? body?["workflowStatus"])?.GetValue<string>()];
        return string.Join(' ', words.Where(word => !string.IsNullOrEmpty(word)));
    }
}
