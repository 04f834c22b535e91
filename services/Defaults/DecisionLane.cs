namespace Resort.Defaults;

/// <summary>Commands that wait for each other: a group is read, decided in order and written together, and again when a competitor was faster.</summary>
public sealed class DecisionLane<TCommand, TPage, TAnswer>
{
    private const int GroupSize = 32;
    private const int Rounds = 6;
    private static readonly TimeSpan deadline = TimeSpan.FromSeconds(10);

    private readonly Func<IReadOnlyList<TCommand>, CancellationToken, Task<TPage>> read;
    private readonly Func<TCommand, TPage, TAnswer> decide;
    private readonly Func<TPage, CancellationToken, Task<bool>> tryWrite;
    private readonly TimeProvider clock;
    private readonly GroupServer<Pending> groups;

    /// <param name="read">The page that the commands of a group are about.</param>
    /// <param name="decide">Puts on the page what the command changes, and gives its answer.</param>
    /// <param name="tryWrite">Writes all changes of the page or none; false when they were not written.</param>
    /// <param name="clock">Measures the deadline of a group.</param>
    public DecisionLane(
        Func<IReadOnlyList<TCommand>, CancellationToken, Task<TPage>> read, Func<TCommand, TPage, TAnswer> decide,
        Func<TPage, CancellationToken, Task<bool>> tryWrite, TimeProvider clock)
    {
        (this.read, this.decide, this.tryWrite, this.clock) = (read, decide, tryWrite, clock);
        groups = new(GroupSize, ServeAsync);
    }

    public Task<TAnswer> AskAsync(TCommand command)
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
        TCommand[] commands = [.. group.Select(pending => pending.Command)];
        for (var round = 1; round <= Rounds; round++)
        {
            var page = await read(commands, timeout.Token);
            foreach (var pending in group)
                pending.Decide(decide, page);
            if (await tryWrite(page, timeout.Token))
            {
                foreach (var pending in group)
                    pending.Reply();
                return;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(5 << round), clock, timeout.Token);
        }
        throw new TimeoutException($"{group.Count} commands could not be written in {Rounds} rounds.");
    }

    private sealed class Pending(TCommand command)
    {
        private TAnswer? decided;
        private Exception? fault;

        public TCommand Command => command;

        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>One that fails does not harm its group: it has put nothing on the page.</summary>
        public void Decide(Func<TCommand, TPage, TAnswer> decide, TPage page)
        {
            (decided, fault) = (default, null);
            try
            {
                decided = decide(command, page);
            }
            catch (Exception exception)
            {
                fault = exception;
            }
        }

        public void Reply()
        {
            if (fault is null)
                Answer.TrySetResult(decided!);
            else
                Answer.TrySetException(fault);
        }
    }
}
