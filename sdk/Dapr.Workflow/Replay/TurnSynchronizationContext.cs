namespace Dapr.Workflow.Replay;

/// <summary>
/// Keeps a turn on its one thread: what the workflow's code awaits continues here, in order. A continuation that comes from elsewhere is not of the
/// workflow's making and would run at another moment on the next replay, so it is not run.
/// </summary>
internal sealed class TurnSynchronizationContext : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> queue = new();
    private readonly int thread = Environment.CurrentManagedThreadId;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId == thread)
            queue.Enqueue((d, state));
    }

    /// <summary>Runs what was posted, until nothing is left.</summary>
    public void Drain()
    {
        while (queue.TryDequeue(out var next))
            next.Callback(next.State);
    }

    /// <exception cref="InvalidOperationException">The caller is not the workflow's code, or has left the turn.</exception>
    public void Verify()
    {
        if (Current != this)
            throw new InvalidOperationException(
                "The workflow's context was used outside of its turn. "
                + "Workflow code awaits only tasks of its context, without ConfigureAwait(false), Task.Run or I/O.");
    }
}
