using System.Text;
using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Resort.Sidecar.Api;
using Resort.Sidecar.Workflow.Instances;

namespace Resort.Sidecar.Workflow;

/// <summary>
/// The workflow calls of the Dapr API, over HTTP as over gRPC. Other than those of the task-hub service, none waits for the workflow to do what it
/// was told, and what the engine refuses is worded as Dapr's API does.
/// </summary>
internal sealed class WorkflowManagement(WorkflowEngine? maybeEngine, TimeProvider clock)
{
    private const int LongestId = 64;
    private const int StartRetries = 3;
    private static readonly TimeSpan startRetryPause = TimeSpan.FromSeconds(1);

    private WorkflowEngine Engine => maybeEngine ?? throw WorkflowException.NoStateStore();

    /// <summary>Starts an instance; returns its id, which is made up if none was given.</summary>
    /// <exception cref="DaprException">The name is missing, the id is not one, or the engine refuses.</exception>
    public async Task<string> StartAsync(string name, string? id, string input, Timestamp? start, CancellationToken cancel)
    {
        if (name.Length == 0) throw new DaprException(Errors.WorkflowNameMissing);
        id = string.IsNullOrEmpty(id) ? Guid.CreateVersion7(clock.GetUtcNow()).ToString() : id;
        if (Encoding.UTF8.GetByteCount(id) > LongestId) throw new DaprException(Errors.InstanceIdTooLong(LongestId));
        if (!id.All(c => char.IsLetterOrDigit(c) || c is '-' or '_')) throw new DaprException(Errors.InstanceIdInvalid(id));
        for (var retries = 0; ; retries++)
            try
            {
                await Engine.StartAsync(id, name, input, start, cancel);
                return id;
            }
            catch (WorkflowException e) when (e.Fault == WorkflowFault.AlreadyExists && retries < StartRetries)
            {
                await Task.Delay(startRetryPause, clock, cancel); // as Dapr calls its actors: the instance may be over soon
            }
            catch (WorkflowException e)
            {
                throw new DaprException(Errors.StartWorkflow(name, e));
            }
    }

    /// <summary>The state of an instance, which may not exist.</summary>
    public InstanceView Get(string id)
    {
        Require(id);
        try { return Engine.Get(id); }
        catch (WorkflowException e) { throw new DaprException(Errors.GetWorkflow(id, e)); }
    }

    public Task RaiseAsync(string id, string eventName, string data, CancellationToken cancel)
    {
        Require(id);
        if (eventName.Length == 0) throw new DaprException(Errors.WorkflowEventNameMissing);
        return Call(() => Engine.RaiseAsync(id, eventName, data, cancel), e => Errors.RaiseEventWorkflow(id, eventName, e));
    }

    public Task TerminateAsync(string id, CancellationToken cancel) => Call(id, () => Engine.TerminateAsync(id, null, recursive: true, cancel), Errors.TerminateWorkflow);

    public Task PauseAsync(string id, CancellationToken cancel) => Call(id, () => Engine.SuspendAsync(id, null, cancel), Errors.PauseWorkflow);

    public Task ResumeAsync(string id, CancellationToken cancel) => Call(id, () => Engine.ResumeAsync(id, null, cancel), Errors.ResumeWorkflow);

    public Task PurgeAsync(string id, CancellationToken cancel) => Call(id, () => Engine.PurgeAsync(id, recursive: true, force: false, cancel), Errors.PurgeWorkflow);

    /// <summary>Input, output, custom status and failure under the names they have in the API, as far as they are there.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Properties(InstanceView view)
    {
        (string Name, string? Value)[] all =
        [
            ("custom_status", view.CustomStatus is { Length: > 0 } status ? status : null),
            ("failure.error_message", view.Completed?.FailureDetails?.ErrorMessage),
            ("failure.error_type", view.Completed?.FailureDetails?.ErrorType),
            ("failure.stack_trace", view.Completed?.FailureDetails?.StackTrace),
            ("input", view.Started?.Input),
            ("output", view.Completed?.Result),
        ];
        return all.Where(property => property.Value is not null).Select(property => KeyValuePair.Create($"dapr.workflow.{property.Name}", property.Value!));
    }

    /// <summary>The name of a status in the API.</summary>
    public static string StatusName(OrchestrationStatus status) => status switch
    {
        OrchestrationStatus.Running => "RUNNING",
        OrchestrationStatus.Completed => "COMPLETED",
        OrchestrationStatus.Failed => "FAILED",
        OrchestrationStatus.Canceled => "CANCELED",
        OrchestrationStatus.Terminated => "TERMINATED",
        OrchestrationStatus.Pending => "PENDING",
        OrchestrationStatus.Suspended => "SUSPENDED",
        _ => "UNKNOWN", // Dapr has no name for a stalled one
    };

    private static Task Call(string id, Func<Task> call, Func<string, WorkflowException, DaprError> error)
    {
        Require(id);
        return Call(call, e => error(id, e));
    }

    private static async Task Call(Func<Task> call, Func<WorkflowException, DaprError> error)
    {
        try { await call(); }
        catch (WorkflowException e) { throw new DaprException(error(e)); }
    }

    private static void Require(string id)
    {
        if (id.Length == 0) throw new DaprException(Errors.InstanceIdMissing);
    }
}
