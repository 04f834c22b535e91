using Resort.Defaults;
using Resort.Reservation.Domain;

namespace Resort.Reservation.Desk;

/// <summary>Commands that wait for each other: a group is read, decided and written together.</summary>
internal sealed class DeskLane
{
    private const int GroupSize = 32;
    private const int Rounds = 6;
    private static readonly TimeSpan deadline = TimeSpan.FromSeconds(10);

    private readonly ILedgerStore store;
    private readonly TimeProvider clock;
    private readonly GroupServer<Pending> groups;

    public DeskLane(ILedgerStore store, TimeProvider clock)
    {
        (this.store, this.clock) = (store, clock);
        groups = new(GroupSize, ServeAsync);
    }

    public Task<Booking?> AskAsync(DeskCommand command)
    {
        var pending = new Pending(command);
        groups.Add(pending);
        return pending.Answer.Task;
    }

    private async Task ServeAsync(IReadOnlyList<Pending> group)
    {
        try
        {
            await DecideAsync(group);
        }
        catch (Exception exception)
        {
            foreach (var pending in group)
                pending.Answer.TrySetException(exception); // the saga step or the broker tries again
        }
    }

    private async Task DecideAsync(IReadOnlyList<Pending> group)
    {
        using var timeout = new CancellationTokenSource(deadline, clock);
        var reservations = group.Select(pending => pending.Command.ReservationId).ToHashSet();
        var nights = group.SelectMany(pending => pending.Command.Nights).ToHashSet();
        for (var round = 1; round <= Rounds; round++)
        {
            var page = await store.ReadAsync(reservations, nights, timeout.Token);
            foreach (var pending in group)
                pending.Decide(page);
            if (!page.IsChanged || await store.TryWriteAsync(page, timeout.Token))
            {
                foreach (var pending in group)
                    pending.Reply();
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
