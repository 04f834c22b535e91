using Microsoft.Extensions.Logging;

namespace Dapr.Workflow;

/// <summary>Everything a workflow may use: its tasks, clock, ids, events and status. All of it gives the same answers when the code is replayed.</summary>
public abstract class WorkflowContext : IWorkflowContext
{
    /// <summary>The workflow's name.</summary>
    public abstract string Name { get; }

    /// <summary>The id of this instance.</summary>
    public abstract string InstanceId { get; }

    /// <inheritdoc/>
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <inheritdoc/>
    public abstract bool IsReplaying { get; }

    /// <inheritdoc/>
    public abstract bool IsPatched(string patchName);

    /// <summary>Calls an activity that gives no result.</summary>
    /// <exception cref="WorkflowTaskFailedException">The activity failed, also in the last attempt of a retry policy.</exception>
    public virtual Task CallActivityAsync(string name, object? input = null, WorkflowTaskOptions? options = null) =>
        CallActivityAsync<object>(name, input, options);

    /// <summary>Calls an activity. It runs at least once.</summary>
    /// <exception cref="WorkflowTaskFailedException">The activity failed, also in the last attempt of a retry policy.</exception>
    public abstract Task<T> CallActivityAsync<T>(string name, object? input = null, WorkflowTaskOptions? options = null);

    /// <summary>Waits on a durable timer. Cancelling ends the wait only; the timer stays.</summary>
    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken = default) =>
        CreateTimer(CurrentUtcDateTime.Add(delay), cancellationToken);

    /// <summary>Waits on a durable timer until a moment in UTC. Cancelling ends the wait only; the timer stays.</summary>
    /// <exception cref="ArgumentException"><paramref name="fireAt"/> is not in UTC.</exception>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>Waits for an event by name, in any case. Events of one name are taken in the order they came, also those that came before the wait.</summary>
    public abstract Task<T> WaitForExternalEventAsync<T>(string eventName, CancellationToken cancellationToken = default);

    /// <summary>Waits for an event for at most <paramref name="timeout"/>; zero does not wait, a negative time waits without end.</summary>
    /// <exception cref="TaskCanceledException">The event did not come in time.</exception>
    public virtual Task<T> WaitForExternalEventAsync<T>(string eventName, TimeSpan timeout) =>
        EventOrTimeoutAsync<T>(eventName, timeout, CreateTimer(timeout));

    /// <summary>Sends an event to another instance. daprd 1.18 cannot deliver it: the turn fails and is repeated without end.</summary>
    public abstract void SendEvent(string instanceId, string eventName, object payload);

    /// <summary>Sets the status text that clients see, from the end of this turn on.</summary>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>Runs another workflow and waits for its result.</summary>
    /// <exception cref="WorkflowTaskFailedException">The child failed or was terminated, also in the last attempt of a retry policy.</exception>
    public abstract Task<TResult> CallChildWorkflowAsync<TResult>(string workflowName, object? input = null, ChildWorkflowTaskOptions? options = null);

    /// <summary>Runs another workflow that gives no result and waits for its end.</summary>
    /// <exception cref="WorkflowTaskFailedException">The child failed or was terminated, also in the last attempt of a retry policy.</exception>
    public virtual Task CallChildWorkflowAsync(string workflowName, object? input = null, ChildWorkflowTaskOptions? options = null) =>
        CallChildWorkflowAsync<object>(workflowName, input, options);

    /// <summary>A logger that says nothing while the code is replayed.</summary>
    public abstract ILogger CreateReplaySafeLogger(string categoryName);

    /// <inheritdoc cref="CreateReplaySafeLogger(string)"/>
    public abstract ILogger CreateReplaySafeLogger(Type type);

    /// <inheritdoc cref="CreateReplaySafeLogger(string)"/>
    public abstract ILogger CreateReplaySafeLogger<T>();

    /// <summary>
    /// Starts the instance anew with an empty history when the code returns, by default with the events that nobody waited for. Other work asked for in
    /// this turn is dropped.
    /// </summary>
    public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);

    /// <summary>A GUID that is the same on every replay.</summary>
    public abstract Guid NewGuid();

    private protected async Task<T> EventOrTimeoutAsync<T>(string eventName, TimeSpan timeout, Task timer)
    {
        using var giveUp = new CancellationTokenSource();
        var raised = WaitForExternalEventAsync<T>(eventName, giveUp.Token);
        if (await Task.WhenAny(raised, timer) == raised)
            return await raised;

        // In place: CancelAsync would go on in another thread.
        giveUp.Cancel();
        throw new TaskCanceledException($"Event '{eventName}' did not come within {timeout}.");
    }
}
