using Resort.Reservation.Domain;

namespace Resort.Reservation.Desk;

/// <summary>The commands of one resort: while one group is being written, the next one gathers.</summary>
internal sealed class DeskLane(ILedgerStore store, TimeProvider clock)
{
    private const int GroupSize = 32;
    private const int Rounds = 6;
    private static readonly TimeSpan deadline = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Queue<Pending> waiting = new();
    private bool busy;

    public Task<Booking?> AskAsync(DeskCommand command)
    {
        var pending = new Pending(command);
        lock (gate)
        {
            waiting.Enqueue(pending);
            if (busy)
                return pending.Answer.Task;
            busy = true;
        }
        _ = ServeAsync();
        return pending.Answer.Task;
    }

    private async Task ServeAsync()
    {
        while (NextGroup() is { } group)
        {
            try
            {
                await DecideAsync(group);
            }
            catch (Exception exception)
            {
                group.ForEach(pending => pending.Answer.TrySetException(exception)); // the saga step or the broker tries again
            }
        }
    }

    private List<Pending>? NextGroup()
    {
        lock (gate)
        {
            busy = waiting.Count > 0;
            var group = new List<Pending>(Math.Min(waiting.Count, GroupSize));
            while (group.Count < GroupSize && waiting.TryDequeue(out var pending))
                group.Add(pending);
            return busy ? group : null;
        }
    }

    private async Task DecideAsync(List<Pending> group)
    {
        using var timeout = new CancellationTokenSource(deadline, clock);
        var reservations = group.Select(pending => pending.Command.ReservationId).ToHashSet();
        var nights = group.SelectMany(pending => pending.Command.Nights).ToHashSet();
        for (var round = 1; round <= Rounds; round++)
        {
            var page = await store.ReadAsync(reservations, nights, timeout.Token);
            group.ForEach(pending => pending.Decide(page));
            if (!page.IsChanged || await store.TryWriteAsync(page, timeout.Token))
            {
                group.ForEach(pending => pending.Reply());
                return;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(5 << round), clock, timeout.Token);
        }
        throw new TimeoutException($"{group.Count} commands could not be written in {Rounds} rounds.");
    }

    private sealed class Pending(DeskCommand command)
    {
        private Booking? decided;
        private Exception? fault;

        public DeskCommand Command => command;

        public TaskCompletionSource<Booking?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>One that fails does not harm its group: it has put nothing on the page.</summary>
        public void Decide(LedgerPage page)
        {
            (decided, fault) = (null, null);
            try
            {
                decided = command.Decide(page);
            }
            catch (Exception exception)
            {
                fault = exception;
            }
        }

        public void Reply()
        {
            if (fault is null)
                Answer.TrySetResult(decided);
            else
                Answer.TrySetException(fault);
        }
    }
}
