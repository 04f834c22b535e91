using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Resort.Sidecar.Workflow.Instances;

namespace Resort.Sidecar.Workflow;

/// <summary>What clients ask for. Everything that was answered is on disk. As in Dapr, what changes something needs a connected worker.</summary>
internal sealed partial class WorkflowEngine
{
    private static readonly TimeSpan patienceForWorker = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Starts an instance; returns the number of its run. A finished instance of that id makes room for it, and one whose turn is out just now may
    /// be finished by the answer to it, which is waited for.
    /// </summary>
    /// <exception cref="WorkflowException">An instance of that id is not over, or a child of it is not, or it is stalled.</exception>
    public async Task<long> StartAsync(string id, string name, string? input, Timestamp? scheduledStart, CancellationToken cancel)
    {
        await work.WhenConnected.WaitAsync(cancel);
        if (Look(id, instance => instance.Exists)) await MakeRoomAsync(id, cancel);
        var ((run, isNew), saved) = Use(id, instance =>
        {
            if (instance.IsStalled) throw WorkflowException.Stalled(id);
            if (instance.Exists && !instance.IsOver) return (instance.RunNumber, false);
            instance.Begin([parts.Make.RunStarted(id, name, input, scheduledStart: scheduledStart)]);
            return (instance.RunNumber, true);
        });
        await saved;
        if (isNew) return run;
        await WaitAsync(id, view => view.Exists && view.Run >= run, cancel); // who is told that it is there finds it, also when it is being started at this moment
        throw WorkflowException.AlreadyExists(WorkflowException.ActiveText(id));
    }

    /// <summary>The state of an instance, as it is on disk.</summary>
    public InstanceView Get(string id) => Look(id, instance => instance.View);

    /// <summary>Waits until an instance is in a state. An id without an instance may get one.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<InstanceView> WaitAsync(string id, Func<InstanceView, bool> until, CancellationToken cancel)
    {
        var waiter = Look(id, instance => instance.WaitFor(until));
        if (waiter.Done.Task.IsCompleted) return await waiter.Done.Task;
        await using var giveUp = cancel.UnsafeRegister(_ =>
        {
            if (waiter.Done.TrySetCanceled(cancel)) Look(id, instance => { instance.Forget(waiter); return true; });
        }, null);
        return await waiter.Done.Task;
    }

    /// <summary>Gives an event to an instance. A finished one takes no notice.</summary>
    /// <exception cref="WorkflowException">There is no such instance, it is stalled, or there is no worker.</exception>
    public Task RaiseAsync(string id, string name, string? input, CancellationToken cancel) => SendAsync(id, () => parts.Make.Raised(name, input), cancel);

    /// <inheritdoc cref="RaiseAsync"/>
    public Task TerminateAsync(string id, string? output, bool recursive, CancellationToken cancel) => SendAsync(id, () => parts.Make.Terminated(output, recursive), cancel);

    /// <inheritdoc cref="RaiseAsync"/>
    public Task SuspendAsync(string id, string? reason, CancellationToken cancel) => SendAsync(id, () => parts.Make.Suspended(reason), cancel);

    /// <inheritdoc cref="RaiseAsync"/>
    public Task ResumeAsync(string id, string? reason, CancellationToken cancel) => SendAsync(id, () => parts.Make.Resumed(reason), cancel);

    /// <summary>Completes when a worker is connected.</summary>
    /// <exception cref="WorkflowException">None came within five seconds: in the words of Dapr, where a workflow's actor has an address only while there is a worker.</exception>
    public async Task WorkerAsync(string id, CancellationToken cancel)
    {
        var connected = work.WhenConnected;
        if (connected.IsCompleted) return;
        try { await connected.WaitAsync(patienceForWorker, parts.Clock, cancel); }
        catch (TimeoutException) { throw new WorkflowException(WorkflowFault.NoWorker, $"did not find address for actor 'dapr.internal.{@namespace}.{parts.Make.AppId}.workflow/{id}'"); }
    }

    private async Task SendAsync(string id, Func<HistoryEvent> make, CancellationToken cancel)
    {
        await WorkerAsync(id, cancel);
        await Change(id, instance =>
        {
            Require(instance);
            instance.Receive(make());
        });
    }

    private static void Require(Instance instance)
    {
        if (!instance.Exists) throw WorkflowException.NoSuchInstance();
        if (instance.IsStalled) throw WorkflowException.Stalled(instance.Id);
    }

    private async Task MakeRoomAsync(string id, CancellationToken cancel)
    {
        var (run, turns, isOut) = Look(id, instance => (instance.RunNumber, instance.TurnsDone, instance.TurnOut is not null));
        if (isOut) await WaitAsync(id, view => view.Run > run || (view.Run == run && view.TurnsDone > turns), cancel);
        if (Descendants(id).FirstOrDefault(child => !child.IsOver) is { Id: not null } child && Look(id, instance => instance.IsOver))
            throw WorkflowException.AlreadyExists($"cannot recreate workflow with ID '{id}': child workflow '{child.Id}': orchestration has not yet completed");
    }

    /// <summary>The children of an instance, and theirs, as far as they exist.</summary>
    private List<(string Id, bool IsOver)> Descendants(string id)
    {
        List<(string Id, bool IsOver)> found = [];
        var seen = new HashSet<string>(StringComparer.Ordinal) { id };
        var open = new Stack<string>([id]);
        while (open.TryPop(out var next))
            foreach (var child in Look(next, instance => instance.Children.ToArray()).Where(seen.Add))
            {
                var (exists, isOver) = Look(child, instance => (instance.Exists, instance.IsOver));
                if (!exists) continue;
                found.Add((child, isOver));
                open.Push(child);
            }
        return found;
    }
}
