using Dapr.DurableTask.Protobuf;
using Resort.Sidecar.Workflow.Turns;

namespace Resort.Sidecar.Workflow;

/// <summary>What is done to instances from outside their life: purge, rerun, listing, history.</summary>
internal sealed partial class WorkflowEngine
{
    /// <summary>Deletes a finished instance, and with <paramref name="recursive"/> its children; returns how many. <paramref name="force"/> deletes it whatever its state.</summary>
    /// <exception cref="WorkflowException">There is none, or it or a child is not over, or it is stalled, or there is no worker.</exception>
    public async Task<int> PurgeAsync(string id, bool recursive, bool force, CancellationToken cancel)
    {
        if (recursive && !Get(id).Exists) throw new WorkflowException(WorkflowFault.NoSuchInstance, "failed to fetch workflow state: no such instance exists");
        await WorkerAsync(id, cancel);
        var doomed = recursive ? Descendants(id) : [];
        var (exists, isStalled, isOver) = Look(id, instance => (instance.Exists, instance.IsStalled, instance.IsOver));
        if (!exists) throw WorkflowException.NoSuchInstance();
        if (isStalled && !force) throw WorkflowException.Stalled(id);
        if (!isOver && !force) throw WorkflowException.NotOver();
        if (!force && doomed.Exists(child => !child.IsOver)) throw new WorkflowException(WorkflowFault.NotOver, "failed to purge child workflow: orchestration has not yet completed");
        await Task.WhenAll(doomed.Select(child => child.Id).Append(id).Select(gone => Change(gone, instance => instance.Purge())));
        return doomed.Count + 1;
    }

    /// <summary>
    /// Ids of instances in the order in which they were first created, and a token for the next page, which is null without
    /// <paramref name="pageSize"/>.
    /// </summary>
    public (IReadOnlyList<string> Ids, string? Next) List(long after, int? pageSize)
    {
        var found = database.Read(session => store.List(session, after, pageSize ?? int.MaxValue));
        return ([.. found.Select(row => row.Id)], pageSize is not null && found.Count > 0 ? found[^1].Key.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    /// <summary>The history of an instance, as it is on disk; null if there is no such instance.</summary>
    public IReadOnlyList<HistoryEvent>? History(string id) => database.Read(session => store.History(session, id));

    /// <summary>
    /// Starts a new instance with the history of a finished one up to an activity, timer or child, which is then done again, as is everything that
    /// had not ended before it.
    /// </summary>
    /// <returns>The id of the new instance.</returns>
    /// <exception cref="RerunException">The instance or event is not one that can be rerun, or the new id is not free.</exception>
    public async Task<string> RerunAsync(RerunWorkflowFromEventRequest request, CancellationToken cancel)
    {
        var id = request.HasNewInstanceID ? request.NewInstanceID : MakeId();
        await WorkerAsync(id, cancel);
        var fork = Fork.Of(request.SourceInstanceID, History(request.SourceInstanceID), (int)request.EventID, id);
        if (request.OverwriteInput) fork.OverwriteInput(request.Input);
        fork.RenameChildren(request.HasNewChildWorkflowInstanceID ? request.NewChildWorkflowInstanceID : MakeId(), MakeId);
        await Change(id, instance =>
        {
            if (instance.Exists) throw new RerunException(RerunFault.AlreadyExists, $"workflow '{id}' has already been created");
            instance.BeginWith(fork.History);
        });
        return id;
    }

    /// <summary>An id for an instance whose maker gave none.</summary>
    public string MakeId() => Guid.CreateVersion7(parts.Clock.GetUtcNow()).ToString();
}
