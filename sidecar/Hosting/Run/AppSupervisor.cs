namespace Resort.Sidecar.Hosting.Run;

/// <summary>Keeps the process of one app running: starts it, starts it again when it crashes, and ends it.</summary>
internal sealed class AppSupervisor(AppTemplate app, AppLog log, Action<int> started)
{
    private static readonly TimeSpan grace = TimeSpan.FromSeconds(5);

    /// <summary>Runs the app until <paramref name="stop"/>, or until it ends by itself with code 0.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var pause = new RestartPause();
        while (!stop.IsCancellationRequested)
        {
            var began = TimeProvider.System.GetTimestamp();
            using var process = ProcessGroup.Start(app.Command, app.Folder, app.Environment, log.AppLine);
            started(process.Id);
            if (await EndsByItselfAsync(process, stop) is not { } status)
            {
                await EndAsync(process);
                return;
            }
            if (status.IsSuccess)
            {
                log.Success($"Exited App `{app.Id}` successfully");
                return;
            }
            var rest = pause.After(TimeProvider.System.GetElapsedTime(began));
            log.Failure($"The App process `{app.Id}` exited with error code: {status}; it is started again in {rest.TotalSeconds:0.#} s");
            await Task.Delay(rest, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private static async Task<ExitStatus?> EndsByItselfAsync(ProcessGroup process, CancellationToken stop)
    {
        try { return await process.Exited.WaitAsync(stop); }
        catch (OperationCanceledException) { return null; }
    }

    /// <summary>SIGTERM to all of the group, some time to end well, SIGKILL to what is left.</summary>
    private async Task EndAsync(ProcessGroup process)
    {
        process.Signal(Posix.SigTerm);
        if (await Task.WhenAny(process.Exited, Task.Delay(grace, CancellationToken.None)) != process.Exited) log.Warning($"App `{app.Id}` does not end within {grace.TotalSeconds:0} s and is killed");
        process.Signal(Posix.SigKill);
        await process.Exited;
        await Task.WhenAny(process.OutputEnded, Task.Delay(grace, CancellationToken.None)); // its last lines
    }
}
