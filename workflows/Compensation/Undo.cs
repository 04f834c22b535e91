using Resort.Contracts;

namespace Resort.Workflows.Compensation;

/// <summary>Each step registers its undo before it acts; undos run last in, first out, and accept that the act never happened.</summary>
internal sealed class Undo
{
    private readonly Stack<Func<RejectionReason, Task<BookingOutcome>>> steps = new();

    public void Register(Func<RejectionReason, Task<BookingOutcome>> step) => steps.Push(step);

    /// <summary>The latest act is known not to have happened.</summary>
    public void Forget() => steps.Pop();

    /// <summary>The undo of the first step runs last, so it tells how the reservation stands in the end.</summary>
    public async Task<BookingOutcome> RunAsync(RejectionReason reason)
    {
        var outcome = new BookingOutcome(ReservationStatus.Rejected, reason);
        while (steps.TryPop(out var step))
            outcome = await step(reason);
        return outcome;
    }
}
