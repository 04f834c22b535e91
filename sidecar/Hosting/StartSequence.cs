using System.Diagnostics;
using System.Net.Sockets;
using Resort.Sidecar.Invocation;

namespace Resort.Sidecar.Hosting;

/// <summary>
/// What a sidecar does once it listens, in daprd's order: wait for the app's port, see that the app is well, ask it <c>/dapr/config</c>, start
/// the building blocks that depend on it, and call itself ready.
/// </summary>
internal sealed partial class StartSequence(DaprRuntime runtime)
{
    private static readonly TimeSpan betweenAttempts = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan connectLimit = TimeSpan.FromMilliseconds(500);

    private readonly ILogger log = runtime.Loggers.CreateLogger<StartSequence>();
    private readonly TaskCompletionSource appIsUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long began = Stopwatch.GetTimestamp();
    private bool hasAskedConfig;
    private bool isUp;

    /// <summary>Completes when the app was found well for the first time and deliveries can reach it; without an app, when the sidecar is ready.</summary>
    public Task AppIsUp => appIsUp.Task;

    /// <summary>Runs the sequence, and the health checks for as long as the sidecar lives.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            var probing = runtime.App is { } app ? await MeetAppAsync(app, stop) : Task.CompletedTask;
            runtime.Health.Ready();
            if (runtime.App is null) appIsUp.TrySetResult();
            LogInitialized(log, (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await probing;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the sidecar stops
        }
    }

    /// <summary>Has deliveries and the like pause; the task ends when those that run have finished.</summary>
    public Task PauseAsync()
    {
        if (!isUp) return Task.CompletedTask;
        isUp = false;
        return Task.WhenAll(runtime.Blocks.OfType<IAppListener>().Select(block => block.AppDownAsync()));
    }

    /// <summary>The running health checks, or nothing if the app is taken for well from now on.</summary>
    private async Task<Task> MeetAppAsync(AppChannel app, CancellationToken stop)
    {
        LogWaiting(log, runtime.Options.AppProtocol, runtime.Options.AppPort!.Value);
        await WaitForPortAsync(runtime.Options.AppChannelAddress, runtime.Options.AppPort!.Value, stop);
        LogDiscovered(log, runtime.Options.AppPort!.Value);
        if (runtime.Options.AppHealth is { } check)
            return new AppHealthProbe(app, check, runtime.Process.Clock).RunAsync(() => AppUpAsync(app, stop), AppDown, stop);
        await AppUpAsync(app, stop);
        return Task.CompletedTask;
    }

    private async Task WaitForPortAsync(string address, int port, CancellationToken stop)
    {
        while (!await ConnectsAsync(address, port, stop)) await Task.Delay(betweenAttempts, runtime.Process.Clock, stop);
    }

    private static async Task<bool> ConnectsAsync(string address, int port, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(connectLimit);
        using var connection = new TcpClient();
        try
        {
            await connection.ConnectAsync(address, port, limit.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            stop.ThrowIfCancellationRequested();
            return false;
        }
    }

    private async Task AppUpAsync(AppChannel app, CancellationToken stop)
    {
        if (!hasAskedConfig) await AskConfigAsync(app, stop);
        hasAskedConfig = isUp = true;
        foreach (var block in runtime.Blocks.OfType<IAppListener>())
            try { await block.AppUpAsync(stop); }
            catch (Exception e) when (e is not OperationCanceledException) { LogListenerFailed(log, e); }
        appIsUp.TrySetResult();
    }

    private void AppDown()
    {
        LogIll(log);
        _ = PauseAsync(); // what runs may last as long as the app is ill
    }

    /// <summary>The answer would configure actors, which are not served; but the question tells an app that its sidecar is there.</summary>
    private async Task AskConfigAsync(AppChannel app, CancellationToken stop)
    {
        try
        {
            using var answer = await app.AskAsync("/dapr/config", stop);
            LogConfigured(log);
        }
        catch (HttpRequestException e)
        {
            LogNotConfigured(log, e.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "application protocol: {Protocol}. waiting on port {Port}.  This will block until the app is listening on that port.")]
    private static partial void LogWaiting(ILogger log, string protocol, int port);

    [LoggerMessage(2, LogLevel.Information, "application discovered on port {Port}")]
    private static partial void LogDiscovered(ILogger log, int port);

    [LoggerMessage(3, LogLevel.Information, "Application configuration loaded")]
    private static partial void LogConfigured(ILogger log);

    [LoggerMessage(4, LogLevel.Warning, "failed to read from application configuration endpoint: {Reason}")]
    private static partial void LogNotConfigured(ILogger log, string reason);

    [LoggerMessage(5, LogLevel.Information, "dapr initialized. Status: Running. Init Elapsed {Milliseconds}ms")]
    private static partial void LogInitialized(ILogger log, long milliseconds);

    [LoggerMessage(6, LogLevel.Warning, "the app fails its health checks: deliveries pause until it is well")]
    private static partial void LogIll(ILogger log);

    [LoggerMessage(7, LogLevel.Error, "a building block could not start with the app")]
    private static partial void LogListenerFailed(ILogger log, Exception error);
}
