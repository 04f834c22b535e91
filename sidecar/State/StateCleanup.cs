using Resort.Sidecar.Storage;

namespace Resort.Sidecar.State;

/// <summary>Removes the expired entries of a store at intervals. They are invisible before that already.</summary>
internal sealed class StateCleanup(IStateStore store, ILogger log) : IAsyncDisposable
{
    private ITimer? timer;

    /// <summary>Begins; an interval of zero means never.</summary>
    public static StateCleanup Start(IStateStore store, TimeSpan interval, TimeProvider clock, ILogger log)
    {
        var cleanup = new StateCleanup(store, log);
        if (interval > TimeSpan.Zero) cleanup.timer = clock.CreateTimer(_ => _ = cleanup.RunAsync(), null, interval, interval);
        return cleanup;
    }

    public ValueTask DisposeAsync() => timer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task RunAsync()
    {
        try { await store.RemoveExpiredAsync(); }
        catch (Exception e) when (e is StorageException or ObjectDisposedException) { StateLog.CleanupFailed(log, e.Message); }
    }
}

/// <summary>Log lines of state components.</summary>
internal static partial class StateLog
{
    [LoggerMessage(1, LogLevel.Warning, "Expired state entries could not be removed: {Reason}")]
    public static partial void CleanupFailed(ILogger log, string reason);

    [LoggerMessage(2, LogLevel.Warning, "The outbox of component {Component} stays off: {Name} must be spelt exactly so")]
    public static partial void OutboxMisspelt(ILogger log, string component, string name);

    [LoggerMessage(3, LogLevel.Error, "An outbox event could not be published to {Topic}: {Reason}")]
    public static partial void OutboxFailed(ILogger log, string topic, string reason);
}
