using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Resort.Tests.Conformance.Recordings;
using Resort.Tests.Conformance.Workflow.Items;

namespace Resort.Tests.Conformance.Workflow.Script;

/// <summary>What the workers of a scenario answer: workflows and activities by name. It counts what each was asked.</summary>
internal sealed class WorkerScript(IReadOnlyDictionary<string, WorkflowScript> workflows, IReadOnlyDictionary<string, IReadOnlyList<ActivityScript>> activities)
{
    private static readonly IReadOnlyList<ActivityScript> emptyResult = [new ActivityScript("", null, 0, false)];
    private static readonly JsonSerializerOptions options = new(Json.Options) { Converters = { new OneOrMore<ActivityScript>() } };

    private readonly ConcurrentDictionary<string, int> asked = new();
    private readonly ConcurrentDictionary<ScriptEntry, int> unanswered = new(ReferenceEqualityComparer.Instance);

    /// <summary>A script as scenarios have it.</summary>
    public static WorkerScript Read(JsonObject? workflows, JsonObject? activities) => new(
        workflows.Deserialize<IReadOnlyDictionary<string, WorkflowScript>>(options) ?? new Dictionary<string, WorkflowScript>(),
        activities.Deserialize<IReadOnlyDictionary<string, IReadOnlyList<ActivityScript>>>(options) ?? new Dictionary<string, IReadOnlyList<ActivityScript>>());

    /// <summary>The answer to a work item and how late it comes, or null for none.</summary>
    public (string Method, IMessage Message, TimeSpan Delay)? Answer(ReceivedItem item) => item.IsTurn ? AnswerTurn(item) : AnswerActivity(item);

    private (string, IMessage, TimeSpan)? AnswerTurn(ReceivedItem item)
    {
        if (!workflows.TryGetValue(item.Name, out var workflow)) return null;
        var (response, reached) = workflow.Answer(item.Message.WorkflowRequest);
        if (reached is { Silent.Times: > 0 } && unanswered.AddOrUpdate(reached, 1, (_, times) => times + 1) <= reached.Silent.Times) return null;
        response.CompletionToken = item.Message.CompletionToken;
        return ("CompleteOrchestratorTask", response, TimeSpan.FromMilliseconds(reached?.DelayMs ?? 0));
    }

    private (string, IMessage, TimeSpan)? AnswerActivity(ReceivedItem item)
    {
        var answers = activities.GetValueOrDefault(item.Name, emptyResult);
        var answer = answers[Math.Min(asked.AddOrUpdate(item.Name, 1, (_, times) => times + 1), answers.Count) - 1];
        if (answer.Silent) return null;
        var response = answer.Answer(item.Message.ActivityRequest);
        response.CompletionToken = item.Message.CompletionToken;
        return ("CompleteActivityTask", response, TimeSpan.FromMilliseconds(answer.DelayMs));
    }
}
