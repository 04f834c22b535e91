using System.Runtime.InteropServices;

namespace Resort.Sidecar.Hosting.Run;

/// <summary>
/// SIGUSR1: the processes of all apps are replaced, so that they run what was built meanwhile, with their settings as they were. Replicas of an app
/// go one after the other, each only when the one before is well again; different apps do not wait for each other.
/// </summary>
internal sealed class Rollout : IDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);
    private static readonly PosixSignal userSignal = (PosixSignal)(OperatingSystem.IsMacOS() ? 30 : 10); // .NET takes the system's own numbers, too

    private readonly IReadOnlyList<RunningApp> apps;
    private readonly RunConsole console;
    private readonly PosixSignalRegistration registration;
    private Task running = Task.CompletedTask;

    public Rollout(IReadOnlyList<RunningApp> apps, RunConsole console)
    {
        (this.apps, this.console) = (apps, console);
        registration = PosixSignalRegistration.Create(userSignal, Begin);
    }

    public void Dispose() => registration.Dispose();

    private void Begin(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (running.IsCompleted) running = Task.Run(ReplaceAllAsync);
        else console.Warning("All apps are being replaced already");
    }

    private async Task ReplaceAllAsync()
    {
        console.Info("user signal received: replacing all app processes");
        var replaced = await Task.WhenAll(apps.Where(app => app.Template.Command.Count > 0).GroupBy(app => app.Template.Id).Select(ReplaceReplicasAsync));
        if (replaced.All(well => well)) console.Success("all apps are replaced");
    }

    private async Task<bool> ReplaceReplicasAsync(IEnumerable<RunningApp> replicas)
    {
        try
        {
            foreach (var replica in replicas) await replica.ReplaceAsync(patience);
            return true;
        }
        catch (TimeoutException e)
        {
            console.Failure($"{e.Message}; its other replicas stay as they are");
            return false;
        }
        catch (OperationCanceledException)
        {
            return false; // the run stops
        }
    }
}
