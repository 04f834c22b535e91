using System.Collections.Concurrent;

namespace Resort.View.Projections;

/// <summary>Who wants to know that the log has grown. They are woken and read the log themselves, so one that is slow holds up nobody and nothing piles up for it.</summary>
public sealed class Listeners
{
    /// <summary>Each holds a connection, and so does its sidecar, which has to have some left for everything else.</summary>
    private const int Most = 500;

    private readonly ConcurrentDictionary<Listener, bool> all = new();

    /// <summary>A listener for one reservation, or for all of them. Null when there are too many.</summary>
    public Listener? TryAdd(string? reservationId)
    {
        var listener = new Listener(reservationId, Remove);
        return all.Count < Most && all.TryAdd(listener, true) ? listener : null;
    }

    /// <param name="reservationIds">What has changed; null when that is not known.</param>
    internal void Wake(IReadOnlySet<string>? reservationIds)
    {
        if (reservationIds is { Count: 0 })
            return;
        foreach (var (listener, _) in all)
        {
            if (listener.ReservationId is null || reservationIds is null || reservationIds.Contains(listener.ReservationId))
                listener.Wake();
        }
    }

    private void Remove(Listener listener) => all.TryRemove(listener, out _);
}

/// <summary>A wake-up that is kept until it is waited for: what is committed after a look at the log is never slept through.</summary>
public sealed class Listener(string? reservationId, Action<Listener> remove) : IDisposable
{
    private volatile TaskCompletionSource woken = New();

    public string? ReservationId => reservationId;

    /// <returns>False when nothing happened for so long.</returns>
    public async Task<bool> WaitAsync(TimeSpan patience, TimeProvider clock, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var waited = woken.Task;
        var first = await Task.WhenAny(waited, Task.Delay(patience, clock, over.Token));
        await over.CancelAsync(); // the delay's timer goes
        cancel.ThrowIfCancellationRequested();
        if (first != waited)
            return false;
        woken = New();
        return true;
    }

    public void Dispose() => remove(this);

    internal void Wake() => woken.TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
