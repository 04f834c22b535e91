using Resort.Sidecar.Hosting.Logs;

namespace Resort.Sidecar.Hosting.Run;

/// <summary>
/// <c>run -f</c>: all sidecars in this process, all apps as its children. Everything is read and opened before the first app starts; all start
/// and stop at the same time.
/// </summary>
internal static class AppsRun
{
    /// <summary>Runs the template until a signal ends it; the exit code is then 0.</summary>
    /// <param name="template">What to run.</param>
    /// <param name="readyMessage">Printed when all apps are ready.</param>
    /// <param name="hungAfter">An app that fails its health checks for so long is started again; null: never.</param>
    public static async Task<int> RunAsync(RunTemplate template, string? readyMessage, TimeSpan? hungAfter)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("`run -f` needs Linux or macOS");
        using var signals = new StopSignals();
        await TemplatePorts.CheckAsync(template);
        var console = RunConsole.Default;
        var began = TimeProvider.System.GetTimestamp();
        var logs = new Dictionary<SidecarOptions, AppLog>(ReferenceEqualityComparer.Instance);
        await using var process = new SidecarProcess(
            DataDirectory.Path, TimeProvider.System, options => DaprLoggerProvider.Factory(options.AppId, options.Log, logs[options].SidecarLine, TimeProvider.System));
        var apps = new List<RunningApp>();
        try
        {
            foreach (var id in template.LeftOut) console.Warning($"App \"{id}\" is left out (--without)");
            foreach (var app in template.Apps)
            {
                console.Info($"Validating config and starting app \"{app.Id}\"");
                var log = logs[app.Sidecar] = new AppLog(app, console, TimeProvider.System.GetLocalNow(), apps.Count(other => other.Template.Id == app.Id));
                apps.Add(new RunningApp(template, app, log, new SidecarHost(await DaprRuntime.CreateAsync(app.Sidecar, process))));
            }
            await Task.WhenAll(apps.Select(app => app.StartAsync()));
            foreach (var app in apps) TellStart(app.Template, logs[app.Template.Sidecar], console);
            using var rollout = new Rollout(apps, console);
            var ready = TellReadyAsync(apps, console, began, readyMessage);
            if (hungAfter is { } limit)
                foreach (var app in apps) _ = app.ReplaceWhenHungAsync(limit);
            await Task.WhenAny(signals.Received, Task.WhenAll(apps.Select(app => app.Ended)));
            if (signals.Received.IsCompleted) console.Info($"{await signals.Received} signal received: stopping Dapr and app processes");
            return 0;
        }
        finally
        {
            await Task.WhenAll(apps.Select(app => app.DisposeAsync().AsTask()));
        }
    }

    private static void TellStart(AppTemplate app, AppLog log, RunConsole console)
    {
        console.Info($"Started Dapr with app id \"{app.Id}\". HTTP Port: {app.Sidecar.HttpPort}. gRPC Port: {app.Sidecar.GrpcPort}");
        if (log.HasAppFile || log.HasSidecarFile) console.Info($"Writing log files to directory : {log.Folder}");
        if (app.Command.Count == 0) console.Warning($"No application command found for app \"{app.Id}\": only its sidecar runs");
    }

    private static async Task TellReadyAsync(List<RunningApp> apps, RunConsole console, long began, string? readyMessage)
    {
        await Task.WhenAll(apps.Select(async app =>
        {
            await app.IsUp;
            console.Success($"{app.Template.Id} is ready ({TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s)");
        }));
        console.Success($"all {apps.Count} apps are ready in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
        if (readyMessage is not null) console.Plain(readyMessage);
    }
}
