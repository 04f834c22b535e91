using System.Globalization;
using Resort.Sidecar.Api;

namespace Resort.Sidecar.Hosting.Run;

/// <summary>One app of a run: its sidecar, and its process if the template has a command for it.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    /// <summary>So long the rest of the world has to learn that an app is not ready, before its process is replaced, and that it is ready again.</summary>
    private static readonly TimeSpan notice = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stopping = new();
    private readonly RunTemplate run;
    private readonly AppTemplate app;
    private readonly AppLog log;
    private readonly SidecarHost host;
    private readonly AppSupervisor supervisor;
    private Task process = Task.CompletedTask;
    private Task? stopped;

    public RunningApp(RunTemplate run, AppTemplate app, AppLog log, SidecarHost host)
    {
        (this.run, this.app, this.log, this.host) = (run, app, log, host);
        supervisor = new AppSupervisor(app, log, id => Put("appPID", id));
    }

    public AppTemplate Template => app;

    /// <summary>Completes when the app was found well for the first time.</summary>
    public Task IsUp => host.AppIsUp;

    /// <summary>Completes when neither process nor sidecar is left: the one has ended by itself, the other at somebody's request.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Opens the sidecar's ports, then starts the process.</summary>
    public async Task StartAsync()
    {
        await host.StartAsync(CancellationToken.None);
        TellMetadata();
        if (app.Command.Count > 0) process = Task.Run(() => supervisor.RunAsync(stopping.Token));
        Ended = Task.WhenAll(process, EndSidecarOnRequestAsync());
    }

    /// <summary>
    /// Has nobody come to the app any more, replaces its process when what it was doing is done, and waits until the new one is well (without health
    /// checks that is at once), and others can know it.
    /// </summary>
    /// <param name="patience">So long the one may take to end, and the other to become well.</param>
    /// <exception cref="TimeoutException">It is not well in time.</exception>
    public async Task ReplaceAsync(TimeSpan patience)
    {
        var delivered = host.LeaveAsync();
        await Task.Delay(notice, stopping.Token);
        await Task.WhenAny(delivered, Task.Delay(notice, stopping.Token));
        await supervisor.ReplaceAsync(patience).WaitAsync(stopping.Token);
        host.Return();
        using var limit = new CancellationTokenSource(patience);
        while (host.Runtime.App is { IsHealthy: false })
        {
            if (limit.IsCancellationRequested) throw new TimeoutException($"App `{app.Id}` was started again, and is not well after {patience.TotalSeconds:0} s");
            await Task.Delay(100, stopping.Token);
        }
        await Task.Delay(notice, stopping.Token);
    }

    /// <summary>Replaces the process whenever it has been well and then fails its health checks for as long as <paramref name="limit"/>.</summary>
    public async Task ReplaceWhenHungAsync(TimeSpan limit)
    {
        if (host.Runtime.App is not { } channel || app.Sidecar.AppHealth is null || app.Command.Count == 0) return;
        using var look = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (long? since = null; await look.WaitForNextTickAsync(stopping.Token);)
        {
            if (channel.IsHealthy) since = TimeProvider.System.GetTimestamp();
            else if (since is { } well && !channel.IsLeaving && TimeProvider.System.GetElapsedTime(well) >= limit)
            {
                log.Failure($"App `{app.Id}` fails its health checks since {limit.TotalSeconds:0.#} s: it is started again");
                await supervisor.ReplaceAsync(AppSupervisor.Grace).WaitAsync(stopping.Token);
                since = null; // the new one has the time it needs to start
            }
        }
    }

    /// <summary>Ends the process, then the sidecar, which lets what runs finish.</summary>
    public Task StopAsync() => stopped ??= StopBothAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await host.DisposeAsync();
        await host.Runtime.DisposeAsync();
        stopping.Dispose();
        log.Dispose();
    }

    private async Task StopBothAsync()
    {
        await stopping.CancelAsync();
        await process;
        await host.StopAsync(app.Sidecar.GracefulShutdown);
    }

    /// <summary>As with <c>dapr stop</c>: only the sidecar ends, its app lives on.</summary>
    private async Task EndSidecarOnRequestAsync()
    {
        var forced = await host.Runtime.StopRequested;
        await host.StopAsync(forced ? TimeSpan.Zero : app.Sidecar.GracefulShutdown);
    }

    /// <summary>What <c>dapr list</c> and its like read from a sidecar of a run.</summary>
    private void TellMetadata()
    {
        Put("cliPID", Environment.ProcessId);
        Put("runTemplatePath", run.File);
        Put("runTemplateName", run.Name ?? "");
        if (log.HasAppFile) Put("appLogPath", log.AppPath);
        if (log.HasSidecarFile) Put("daprdLogPath", log.SidecarPath);
        if (app.Command.Count > 0) Put("appCommand", string.Join(' ', app.Command));
    }

    private void Put(string key, int value) => Put(key, value.ToString(CultureInfo.InvariantCulture));

    private void Put(string key, string value) => host.Runtime.Blocks.OfType<MetadataApi>().Single().Put(key, value);
}
