namespace Resort.Sidecar.Workflow.Workers;

/// <summary>What an answer names: the instance, and for an activity its task id. A turn has none.</summary>
internal readonly record struct WorkKey(string InstanceId, int? TaskId);

/// <summary>
/// Something for a worker to do. It stays the same however often it is handed out, and knows its run: an id may be used again while an answer to
/// the run before is still on its way. What can be set belongs to the queue.
/// </summary>
internal abstract class WorkItem(WorkKey key, long run)
{
    public WorkKey Key => key;
    public long Run => run;

    /// <summary>Told to the worker only if an older item with the same key is still out, to tell the two answers apart; otherwise empty, as in Dapr 1.18.</summary>
    public string Token { get; set; } = "";

    /// <summary>The worker that has it.</summary>
    public Worker? Worker { get; set; }

    /// <summary>A later item with the same key.</summary>
    public WorkItem? Newer { get; set; }

    /// <summary>Nobody waits for it any more, so it is not handed out (again).</summary>
    public bool IsDone { get; set; }

    /// <summary>How many bytes it has as a <c>WorkItem</c> message.</summary>
    public abstract int CalculateSize();

    /// <summary>Its bytes; <see cref="CalculateSize"/> comes right before.</summary>
    public abstract void WriteTo(Span<byte> bytes);
}
