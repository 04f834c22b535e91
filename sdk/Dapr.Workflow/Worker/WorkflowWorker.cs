using Dapr.Workflow.Grpc;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow.Worker;

/// <summary>Takes work items from the sidecar for as long as the application runs, across restarts of the sidecar.</summary>
internal sealed partial class WorkflowWorker(TaskHubClient hub, WorkItemDispatcher dispatcher, TimeProvider time, ILogger<WorkflowWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HelloInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    private string? reported;

    /// <summary>Items in hand are finished and answered while their stream is still open.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(DrainTime, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enough.Token);
        await dispatcher.DrainAsync(deadline.Token);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var delay = FirstDelay;
        while (!stoppingToken.IsCancellationRequested)
        {
            var opened = time.GetTimestamp();
            await ServeAsync(stoppingToken);
            if (time.GetElapsedTime(opened) > LongestDelay)
                delay = FirstDelay;
            await Task.Delay(delay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    /// <summary>One stream, from its opening to its end.</summary>
    private async Task ServeAsync(CancellationToken stopping)
    {
        using var stream = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var greeting = Task.CompletedTask;
        try
        {
            // The stream itself may stay silent until there is work; this tells that the sidecar is there.
            await GreetAsync(stream.Token);
            Report(null);
            greeting = KeepGreetingAsync(stream);
            await foreach (var item in hub.GetWorkItemsAsync(stream.Token))
                dispatcher.Dispatch(item);
            Report("the sidecar has ended the stream");
        }
        catch (OperationCanceledException) when (stream.IsCancellationRequested)
        {
            if (!stopping.IsCancellationRequested)
                Report("the sidecar no longer answers");
        }
        catch (Exception failure)
        {
            Report(failure.Message);
        }
        finally
        {
            await stream.CancelAsync();
            await greeting;
        }
    }

    /// <summary>A sidecar that does not answer has lost the stream too, even if the connection does not show it.</summary>
    private async Task KeepGreetingAsync(CancellationTokenSource stream)
    {
        using var timer = new PeriodicTimer(HelloInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stream.Token))
                await GreetAsync(stream.Token);
        }
        catch (Exception)
        {
            await stream.CancelAsync();
        }
    }

    private Task GreetAsync(CancellationToken cancellation) => hub.HelloAsync(cancellation).WaitAsync(HelloInterval, time, cancellation);

    /// <summary>Says why there is no stream, once for each reason, and that it is back.</summary>
    private void Report(string? reason)
    {
        if (reason == reported)
            return;
        if (reason is null)
            LogOpen(hub.Endpoint);
        else
            LogLost(hub.Endpoint, reason);
        reported = reason;
    }

    [LoggerMessage(1, LogLevel.Information, "Taking workflow work items from {Endpoint} again")]
    private partial void LogOpen(string endpoint);

    [LoggerMessage(2, LogLevel.Warning, "No workflow work items from {Endpoint} for now: {Reason}. Trying until there are")]
    private partial void LogLost(string endpoint, string reason);
}
