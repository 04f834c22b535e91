using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Recordings;
using Resort.Tests.Conformance.Workflow.Items;
using Resort.Tests.Conformance.Workflow.Wire;

namespace Resort.Tests.Conformance.Workflow.Steps;

/// <summary>The work items since the last such step.</summary>
internal sealed record ItemsStep : WorkflowStep
{
    /// <summary>Waits for so many turns and <see cref="Activities"/>, at most <see cref="Within"/> milliseconds.</summary>
    public int Turns { get; init; }
    public int Activities { get; init; }
    public int Within { get; init; } = 8_000;

    /// <summary>How many milliseconds more, for what should not come.</summary>
    public int Quiet { get; init; } = 150;

    /// <summary>Only those of an instance.</summary>
    public string? Of { get; init; }

    /// <summary>Only <c>turns</c> or <c>activities</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Past events whole, not in a few words.</summary>
    public bool Full { get; init; }

    /// <summary>With the time since the item before.</summary>
    public bool Timed { get; init; }
    public bool Unordered { get; init; }

    /// <summary>Only the new events of all turns together, because how they came together in turns is left open; <c>sorted</c> leaves their order open too.</summary>
    public JsonValue? Merge { get; init; }

    /// <summary>How often each activity came.</summary>
    public bool Tally { get; init; }

    /// <summary>How many came.</summary>
    public bool Count { get; init; }

    /// <summary>Which workers got any.</summary>
    public bool Shares { get; init; }

    /// <summary>They are taken and nothing is told.</summary>
    public bool Discard { get; init; }

    public override async Task<JsonNode?> PlayAsync(WorkflowReplay replay)
    {
        var instance = Of is null ? null : replay.Words.Fill(Of);
        bool Wanted(ReceivedItem item) => (instance is null || item.InstanceId == instance) && (Kind is null || Kind == (item.IsTurn ? "turns" : "activities"));
        await replay.Items.WaitAsync(Wanted, Turns, Activities, TimeSpan.FromMilliseconds(Within));
        await Task.Delay(Quiet);
        var items = replay.Items.Take(Wanted);
        return replay.Words.Blank(Tell(items, replay.Workers.Count > 1));
    }

    private JsonNode? Tell(IReadOnlyList<ReceivedItem> items, bool withWorker)
    {
        if (Discard) return null;
        if (Count) return new JsonObject { ["turns"] = items.Count(item => item.IsTurn), ["activities"] = items.Count(item => !item.IsTurn) };
        if (Shares) return new JsonObject(items.DistinctBy(item => item.Worker).Select(item => KeyValuePair.Create(item.Worker, (JsonNode?)true)));
        if (Tally) return new JsonObject(items.Where(item => !item.IsTurn).CountBy(item => item.Name).Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value)));
        if (Merge is not null) return Merged(items, withWorker);
        var told = items.Select((item, i) => ItemJson.Of(item, Full, withWorker, Timed && i > 0 ? items[i - 1] : null));
        return new JsonArray([.. Unordered ? told.OrderBy(Json.Text, StringComparer.Ordinal) : told]);
    }

    private JsonObject Merged(IReadOnlyList<ReceivedItem> items, bool withWorker)
    {
        var events = items.Where(item => item.IsTurn).SelectMany(item => item.Message.WorkflowRequest.NewEvents).Where(happened => happened.WorkflowStarted is null)
            .Select(happened => EventLabel.Of(MessageJson.Of(happened)));
        if (Merge!.TryGetValue<string>(out _)) events = events.Order(StringComparer.Ordinal);
        var activities = items.Where(item => !item.IsTurn).Select(item => ItemJson.Of(item, Full, withWorker, null)).OrderBy(Json.Text, StringComparer.Ordinal);
        return new JsonObject { ["events"] = new JsonArray([.. events]), ["activities"] = new JsonArray([.. activities]) };
    }
}
