using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Comparison;
using Resort.Tests.Conformance.Workflow.Items;
using Resort.Tests.Conformance.Workflow.Wire;

namespace Resort.Tests.Conformance.Workflow.Steps;

/// <summary>Calls a method.</summary>
internal sealed record CallStep : WorkflowStep
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    public required string Method { get; init; }
    public JsonObject? Request { get; init; }

    /// <summary>When the caller gives up.</summary>
    public int? DeadlineMs { get; init; }

    /// <summary>Goes on without waiting; <see cref="ResultStep"/> asks for the result by this name.</summary>
    public string? As { get; init; }

    /// <summary>How long the call has before the next step.</summary>
    public int Settle { get; init; } = 100;

    /// <summary>Values of the response for the steps that follow: name and path.</summary>
    public IReadOnlyDictionary<string, string> Save { get; init; } = new Dictionary<string, string>();

    /// <summary>How long it took is part of the result.</summary>
    public bool Timed { get; init; }

    /// <summary>Events of the response in a few words.</summary>
    public bool Labels { get; init; }

    /// <summary>Without the starts of turns: how events came together in turns is left open.</summary>
    public bool Bare { get; init; }

    /// <summary>The worker over whose connection it goes.</summary>
    public string? Worker { get; init; }

    public override async Task<JsonNode?> PlayAsync(WorkflowReplay replay)
    {
        var result = CallAsync(replay);
        if (As is null) return await result;
        replay.Pending[As] = result;
        if (Method == "StartInstance") replay.Started.Add(replay.Words.Fill(Request)!["instanceId"]!.GetValue<string>());
        await Task.Delay(Settle);
        return null;
    }

    private async Task<JsonNode?> CallAsync(WorkflowReplay replay)
    {
        var connection = Worker is null ? replay.Connection : replay.Workers[Worker].Connection;
        var method = TaskHubMethod.Find(Method);
        var began = Moment.Now;
        var result = await connection.CallAsync(method, MessageJson.Read(replay.Words.Fill(Request), method.Request), DeadlineMs is { } ms ? TimeSpan.FromMilliseconds(ms) : patience);
        var ended = Moment.Now;

        var got = result.ToJson();
        foreach (var (name, path) in Save) replay.Placeholders.Save(name, got["response"]![path]!.GetValue<string>());
        if (Labels || Bare) got["response"] = new JsonObject { ["events"] = Events(got["response"]?["events"] as JsonArray ?? []) };
        if (DeadlineMs is not null && result.Status == CallStatus.DeadlineExceeded) got = new JsonObject { ["error"] = "still waiting when the caller gave up" };
        if (Timed) ended.Record(began, got, "ms");
        return replay.Words.Blank(got);
    }

    private JsonArray Events(JsonArray events) => new(
        [.. events.Where(happened => !Bare || EventLabel.KindOf(happened!) != "workflowStarted").Select(happened => Labels ? (JsonNode)EventLabel.Of(happened!) : happened!.DeepClone())]);
}
