using System.Collections.Concurrent;
using Dapr.DurableTask.Protobuf;
using Resort.Sidecar.Workflow;
using Resort.Sidecar.Workflow.Workers;
using WorkItem = Dapr.DurableTask.Protobuf.WorkItem;

namespace Resort.Tests.Sidecar.Workflow;

/// <summary>A worker without memory, as the SDKs' are: it takes work items as messages, writes them down, and answers by a script.</summary>
internal sealed class ScriptedWorker : IAsyncDisposable
{
    private readonly WorkflowEngine engine;
    private readonly Worker worker;
    private readonly Script script;
    private readonly CancellationTokenSource end = new();
    private readonly Task loop;

    public ScriptedWorker(WorkflowEngine engine, Script script)
    {
        this.engine = engine;
        this.script = script;
        worker = engine.Connect();
        loop = LoopAsync();
    }

    /// <summary>Everything that came, in order.</summary>
    public ConcurrentQueue<WorkItem> Items { get; } = new();
    public IEnumerable<WorkflowRequest> Turns => Items.Select(item => item.WorkflowRequest).Where(turn => turn is not null);
    public IEnumerable<ActivityRequest> Activities => Items.Select(item => item.ActivityRequest).Where(activity => activity is not null);

    /// <summary>The names of the activities that came, in order.</summary>
    public string ActivityNames => string.Join(" ", Activities.Select(activity => activity.Name));

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await loop;
        engine.Disconnect(worker);
        end.Dispose();
    }

    private async Task LoopAsync()
    {
        try
        {
            await foreach (var item in worker.Items.ReadAllAsync(end.Token))
            {
                var bytes = new byte[item.CalculateSize()];
                item.WriteTo(bytes);
                var message = WorkItem.Parser.ParseFrom(bytes);
                Items.Enqueue(message);
                if (message.WorkflowRequest is { } turn) _ = TellAsync(() => engine.CompleteTurnAsync(Answer(turn)));
                else if (Answer(message) is { } response) _ = TellAsync(() => engine.CompleteActivityAsync(response));
            }
        }
        catch (OperationCanceledException) { /* the test is over */ }
    }

    /// <summary>As over gRPC: an answer that the engine cannot store is an error for the worker, which goes on.</summary>
    private static async Task TellAsync(Func<Task> answer)
    {
        try { await answer(); }
        catch (Exception e) when (e is Microsoft.Data.Sqlite.SqliteException or Resort.Sidecar.Storage.StorageException) { /* the item comes again */ }
    }

    private WorkflowResponse Answer(WorkflowRequest turn)
    {
        var past = new Past(turn.InstanceId, [.. turn.PastEvents, .. turn.NewEvents]);
        return new WorkflowResponse { InstanceId = turn.InstanceId, CustomStatus = script.Status, Actions = { script.Workflow(past).Where(action => !past.Has(action.Id)) } };
    }

    private ActivityResponse? Answer(WorkItem item)
    {
        var activity = item.ActivityRequest;
        if ((script.Activity ?? (asked => asked.Name))(activity) is not { } result) return null;
        var response = new ActivityResponse { InstanceId = activity.WorkflowInstance.InstanceId, TaskId = activity.TaskId, CompletionToken = item.CompletionToken };
        if (result.StartsWith("fails: ", StringComparison.Ordinal)) response.FailureDetails = new TaskFailureDetails { ErrorType = "E", ErrorMessage = result["fails: ".Length..] };
        else response.Result = result;
        return response;
    }
}
