using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Replay;

/// <summary>Matches events and waits by name, in any case, first come, first served on both sides.</summary>
internal sealed class ExternalEvents
{
    private readonly List<HistoryEvent> unclaimed = [];
    private readonly List<(string Name, TaskCompletionSource<string?> Source)> waits = [];

    /// <summary>Events that nobody has waited for yet.</summary>
    public IReadOnlyList<HistoryEvent> Unclaimed => unclaimed;

    public bool AnyOpenWait => waits.Count > 0;

    public void Raise(HistoryEvent raised)
    {
        var index = waits.FindIndex(wait => Same(wait.Name, raised.EventRaised.Name));
        if (index < 0)
        {
            unclaimed.Add(raised);
            return;
        }

        var source = waits[index].Source;
        waits.RemoveAt(index);
        source.TrySetResult(raised.EventRaised.Input);
    }

    public Task<string?> WaitAsync(string name, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<string?>(cancellationToken);

        var index = unclaimed.FindIndex(raised => Same(raised.EventRaised.Name, name));
        if (index >= 0)
        {
            var input = unclaimed[index].EventRaised.Input;
            unclaimed.RemoveAt(index);
            return Task.FromResult<string?>(input);
        }

        var source = new TaskCompletionSource<string?>();
        waits.Add((name, source));
        cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                waits.RemoveAll(wait => wait.Source == source);
                source.TrySetCanceled(token);
            },
            null);
        return source.Task;
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
