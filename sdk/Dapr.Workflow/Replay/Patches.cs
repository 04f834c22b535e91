using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Replay;

/// <summary>Which patches an instance takes: those in its history, and new ones in code that it has not passed yet.</summary>
internal sealed class Patches(IEnumerable<HistoryEvent> history)
{
    private readonly Dictionary<string, bool> answers = [];
    private readonly List<string> taken = [];
    private HashSet<string>? recorded;

    /// <summary>The taken patches in the order of their first use.</summary>
    public IReadOnlyList<string> Taken => taken;

    /// <summary>The first answer holds, so that a loop does not change its path on the way.</summary>
    public bool IsTaken(string name, bool isReplaying)
    {
        if (answers.TryGetValue(name, out var answer))
            return answer;

        recorded ??= history.Where(past => past.WorkflowStarted?.Version is not null).SelectMany(past => past.WorkflowStarted.Version.Patches).ToHashSet();
        answer = !isReplaying || recorded.Contains(name);
        answers.Add(name, answer);
        if (answer)
            taken.Add(name);
        return answer;
    }
}
