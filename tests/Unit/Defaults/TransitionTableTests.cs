using Resort.Contracts;
using Resort.Defaults.Domain;
using Resort.Issue.Domain;
using Resort.Payment.Domain;
using Resort.Reservation.Domain;

namespace Resort.Tests.Unit.Defaults;

/// <summary>The tables, written down a second time as the design has them: every pair that is not listed must be refused.</summary>
public class TransitionTableTests
{
    [Fact]
    public void A_reservation_moves_as_designed() => Moves(Booking.Table).Should().BeEquivalentTo(
    [
        "Requested > Held", "Requested > Rejected",
        "Held > Paid", "Held > AwaitingDeposit", "Held > Rejected", "Held > Cancelling",
        "AwaitingDeposit > Paid", "AwaitingDeposit > Rejected", "AwaitingDeposit > Cancelling",
        "Paid > Confirmed", "Paid > Cancelling",
        "Confirmed > CheckedIn", "Confirmed > Cancelling",
        "Cancelling > Cancelled", "Cancelling > Confirmed",
    ]);

    [Fact]
    public void A_payment_moves_as_designed() => Moves(Charge.Table).Should().BeEquivalentTo(
    [
        "Requested > Paid", "Requested > Declined", "Requested > AwaitingDeposit", "Requested > Voided",
        "AwaitingDeposit > Paid", "AwaitingDeposit > Voided",
        "Paid > Refunded",
    ]);

    [Fact]
    public void A_ticket_moves_as_designed() => Moves(Ticket.Table).Should().BeEquivalentTo(["Issued > CheckedIn", "Issued > Cancelled"]);

    [Fact]
    public void A_move_that_is_not_in_the_table_is_refused()
    {
        var move = () => Orders.Requested().To(ReservationStatus.Confirmed, DateTimeOffset.UnixEpoch);

        move.Should().Throw<InvalidOperationException>().WithMessage("*Requested cannot become Confirmed*");
    }

    private static IEnumerable<string> Moves<TStatus>(TransitionTable<TStatus> table) where TStatus : struct, Enum =>
        from start in Enum.GetValues<TStatus>() from end in Enum.GetValues<TStatus>() where table.Allows(start, end) select $"{start} > {end}";
}
