namespace Resort.Sidecar.Hosting.Run;

/// <summary>Keeps the process of one app running: starts it, starts it again when it crashes or when somebody wants it, and ends it.</summary>
internal sealed class AppSupervisor(AppTemplate app, AppLog log, Action<int> started)
{
    /// <summary>What an app has to end well at a stop, and when it hangs.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private readonly Lock gate = new();
    private TaskCompletionSource wake = New();
    private TaskCompletionSource? successor;
    private TimeSpan patience;

    /// <summary>Runs the app until <paramref name="stop"/>, or until it ends by itself with code 0.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var pause = new RestartPause();
        var stopped = Task.Delay(Timeout.Infinite, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        while (!stop.IsCancellationRequested)
        {
            var began = TimeProvider.System.GetTimestamp();
            using var process = ProcessGroup.Start(app.Command, app.Folder, app.Environment, log.AppLine);
            var replace = Began(process.Id);
            await Task.WhenAny(process.Exited, replace, stopped);
            if (stop.IsCancellationRequested || replace.IsCompleted)
            {
                await EndAsync(process, replace.IsCompleted ? patience : Timeout.InfiniteTimeSpan, stopped);
                continue;
            }
            if (await process.Exited is var status && status.IsSuccess)
            {
                log.Success($"Exited App `{app.Id}` successfully");
                return;
            }
            var rest = pause.After(TimeProvider.System.GetElapsedTime(began));
            log.Failure($"The App process `{app.Id}` exited with error code: {status}; it is started again in {rest.TotalSeconds:0.#} s");
            await Task.WhenAny(Task.Delay(rest, CancellationToken.None), stopped);
        }
    }

    /// <summary>Ends the process, which may take <paramref name="limit"/> for that, and starts the app again; the task ends when its new process has started.</summary>
    public Task ReplaceAsync(TimeSpan limit)
    {
        lock (gate)
        {
            patience = limit;
            wake.TrySetResult();
            return (successor ??= New()).Task;
        }
    }

    /// <summary>Tells who waits for this process; the task ends when its own successor is wanted.</summary>
    private Task Began(int processId)
    {
        started(processId);
        lock (gate)
        {
            successor?.TrySetResult();
            successor = null;
            return (wake = New()).Task;
        }
    }

    /// <summary>SIGTERM to all of the group, some time to end well, less of it when all stops, SIGKILL to what is left.</summary>
    private async Task EndAsync(ProcessGroup process, TimeSpan limit, Task stopped)
    {
        process.Signal(Posix.SigTerm);
        if (await Task.WhenAny(process.Exited, Task.Delay(limit, CancellationToken.None), GraceAfterAsync(stopped)) != process.Exited)
            log.Warning($"App `{app.Id}` does not end in time and is killed");
        process.Signal(Posix.SigKill);
        await process.Exited;
        await Task.WhenAny(process.OutputEnded, Task.Delay(Grace, CancellationToken.None)); // its last lines
    }

    private static async Task GraceAfterAsync(Task stopped)
    {
        await stopped;
        await Task.Delay(Grace, CancellationToken.None);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
