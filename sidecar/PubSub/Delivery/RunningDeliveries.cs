namespace Resort.Sidecar.PubSub.Delivery;

/// <summary>Counts the deliveries that are under way, so that a stop can wait for them.</summary>
internal sealed class RunningDeliveries
{
    private readonly Lock gate = new();
    private TaskCompletionSource? idle;
    private int count;

    public void Begin()
    {
        lock (gate) count++;
    }

    public void End()
    {
        TaskCompletionSource? told = null;
        lock (gate)
            if (--count == 0) (told, idle) = (idle, null);
        told?.SetResult();
    }

    /// <summary>Completes when none is under way.</summary>
    public Task WhenIdle()
    {
        lock (gate) return count == 0 ? Task.CompletedTask : (idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }
}
