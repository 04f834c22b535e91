using Resort.Sidecar.Hosting.Logs;

namespace Resort.Sidecar.Hosting;

/// <summary>The process of one sidecar, as daprd is: it serves until a signal or <c>POST /v1.0/shutdown</c> ends it.</summary>
internal static partial class SingleSidecar
{
    private static readonly TimeSpan beforeForcedEnd = TimeSpan.FromMilliseconds(100);

    /// <summary>The exit code: 0, or 1 if something that ran was cut off.</summary>
    public static async Task<int> RunAsync(SidecarOptions options)
    {
        using var signals = new StopSignals();
        using var file = options.Log.File is { } path ? LineFile.Append(path) : null;
        var output = file ?? LineFile.Stdout;
        await using var process = new SidecarProcess(DataDirectory.Path, TimeProvider.System, o => DaprLoggerProvider.Factory(o.AppId, o.Log, output.Write, TimeProvider.System));
        await using var runtime = await DaprRuntime.CreateAsync(options, process);
        await using var host = new SidecarHost(runtime);
        await host.StartAsync(CancellationToken.None);
        var log = runtime.Loggers.CreateLogger(typeof(SingleSidecar));
        if (await Task.WhenAny(signals.Received, runtime.StopRequested) == signals.Received) LogSignal(log, await signals.Received);
        else if (await runtime.StopRequested)
        {
            await Task.Delay(beforeForcedEnd);
            return 1;
        }
        if (!await host.StopAsync(options.GracefulShutdown)) return 1;
        LogEnd(log);
        return 0;
    }

    [LoggerMessage(1, LogLevel.Information, "Received signal '{Signal}'; beginning shutdown")]
    private static partial void LogSignal(ILogger log, string signal);

    [LoggerMessage(2, LogLevel.Information, "Daprd shutdown gracefully")]
    private static partial void LogEnd(ILogger log);
}
