using System.Globalization;
using Resort.Sidecar.Api;

namespace Resort.Sidecar.Hosting.Run;

/// <summary>One app of a run: its sidecar, and its process if the template has a command for it.</summary>
internal sealed class RunningApp(RunTemplate run, AppTemplate app, AppLog log, SidecarHost host) : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private Task process = Task.CompletedTask;
    private Task? stopped;

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
        if (app.Command.Count > 0) process = Task.Run(() => new AppSupervisor(app, log, id => Put("appPID", id)).RunAsync(stopping.Token));
        Ended = Task.WhenAll(process, EndSidecarOnRequestAsync());
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
