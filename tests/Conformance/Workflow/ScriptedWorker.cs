using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Workflow.Items;
using Resort.Tests.Conformance.Workflow.Script;
using Resort.Tests.Conformance.Workflow.Wire;

namespace Resort.Tests.Conformance.Workflow;

/// <summary>A worker at a sidecar: one stream of work items, answered by a script.</summary>
internal sealed class ScriptedWorker : IAsyncDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    private readonly WorkerScript script;
    private readonly string name;
    private readonly WorkItemLog log;
    private readonly CancellationTokenSource closing = new();
    private readonly CancellationTokenSource gone = new();
    private readonly ConcurrentBag<Task> answers = [];

    private ScriptedWorker(TaskHubConnection connection, HttpResponseMessage stream, WorkerScript script, string name, WorkItemLog log)
    {
        Connection = connection;
        this.script = script;
        this.name = name;
        this.log = log;
        Ended = ServeAsync(stream);
    }

    /// <summary>How the stream ended, once it has.</summary>
    public Task<CallStatus> Ended { get; }

    /// <summary>The worker's own connection, which outlives the stream.</summary>
    public TaskHubConnection Connection { get; }

    /// <summary>Connects to a sidecar's gRPC port, with workflows and activities as scenarios have them; returns when the sidecar has taken or refused the stream.</summary>
    public static Task<ScriptedWorker> ConnectAsync(Uri sidecar, JsonObject? workflows, JsonObject? activities) =>
        ConnectAsync(sidecar, WorkerScript.Read(workflows, activities), "w", new WorkItemLog());

    /// <summary>The same, for several workers that share a script and a log.</summary>
    public static async Task<ScriptedWorker> ConnectAsync(Uri sidecar, WorkerScript script, string name, WorkItemLog log)
    {
        var connection = new TaskHubConnection(sidecar);
        using var limit = new CancellationTokenSource(patience);
        return new ScriptedWorker(connection, await connection.OpenItemsAsync(limit.Token), script, name, log);
    }

    /// <summary>Cancels the stream; answers to what came before are still sent.</summary>
    public async Task CloseAsync()
    {
        await closing.CancelAsync();
        await Ended;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await gone.CancelAsync();
        Connection.Dispose();
        await Task.WhenAll(answers);
        closing.Dispose();
        gone.Dispose();
    }

    private async Task<CallStatus> ServeAsync(HttpResponseMessage stream)
    {
        using (stream)
            try
            {
                await foreach (var message in TaskHubConnection.ReadItemsAsync(stream, closing.Token)) answers.Add(AnswerAsync(log.Add(message, name)));
                return CallStatus.Of(stream);
            }
            catch (OperationCanceledException) { return CallStatus.Cancelled; }
            catch (Exception e) when (e is HttpRequestException or IOException) { return CallStatus.Unavailable(e); }
    }

    private async Task AnswerAsync(ReceivedItem item)
    {
        if (script.Answer(item) is not { } answer) return;
        try { await Task.Delay(answer.Delay, gone.Token); }
        catch (OperationCanceledException) { return; }
        log.Answered(item);
        var result = await Connection.CallAsync(TaskHubMethod.Find(answer.Method), answer.Message, patience);
        if (!result.Status.IsOk) item.Refused = result.Status;
    }
}
