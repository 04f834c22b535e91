using System.Globalization;
using System.Text.Json;
using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;
using Resort.View.Projections;

namespace Resort.Tests.Unit.View;

public class FoldTests
{
    private static readonly DateTimeOffset start = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    private static readonly LoggedEvent held = Event(0, new ReservationHeld { Stay = Orders.Stay(), Cost = 240_000, PaymentType = PaymentType.Card });
    private static readonly LoggedEvent money = Event(1, new PaymentPaid { PaymentId = "p", Cost = 240_000, Stay = Orders.Stay() });
    private static readonly LoggedEvent paid = Event(2, new ReservationPaid { PaymentId = "p", Cost = 240_000, Stay = Orders.Stay() });
    private static readonly LoggedEvent issued = Event(3, new TicketIssued { IssuedId = "i", TicketNumber = "T-1", Stay = Orders.Stay() });
    private static readonly LoggedEvent confirmed = Event(4, new ReservationConfirmed { IssuedId = "i", TicketNumber = "T-1", Stay = Orders.Stay() });
    private static readonly LoggedEvent cancelling = Event(5, new ReservationCancelling { Stay = Orders.Stay(), Attempt = 1 });
    private static readonly LoggedEvent refused = Event(6, new CancellationRefused { Stay = Orders.Stay(), Attempt = 1 });
    private static readonly LoggedEvent cancellingAgain = Event(7, new ReservationCancelling { Stay = Orders.Stay(), Attempt = 2 });
    private static readonly LoggedEvent ticketGone = Event(8, new TicketCancelled { IssuedId = "i" });
    private static readonly LoggedEvent refunded = Event(9, new PaymentRefunded { PaymentId = "p", Cost = 240_000 });
    private static readonly LoggedEvent cancelled = Event(10, new ReservationCancelled { Stay = Orders.Stay() });
    private static readonly LoggedEvent declined = Event(1, new PaymentDeclined { PaymentId = "p", Cost = 240_000, Reason = "no" });
    private static readonly LoggedEvent rejected = Event(2, new ReservationRejected { Stay = Orders.Stay(), Reason = RejectionReason.PaymentDeclined });
    private static readonly LoggedEvent awaiting = Event(1, new PaymentAwaitingDeposit { PaymentId = "p", Cost = 240_000, DepositDeadline = start.AddMinutes(30), Stay = Orders.Stay() });
    private static readonly LoggedEvent deposited = Event(2, new PaymentPaid { PaymentId = "p", Cost = 240_000, Stay = Orders.Stay() });
    private static readonly LoggedEvent voided = Event(3, new PaymentVoided { PaymentId = "p" });

    private static readonly LoggedEvent checkedIn = Event(6, new TicketCheckedIn { IssuedId = "i", TicketNumber = "T-1", Stay = Orders.Stay() });
    private static readonly LoggedEvent earned = Event(2, new PointsEarned { Phone = "1", Delta = 24_000, Balance = 24_000 });
    private static readonly LoggedEvent reversed = Event(6, new PointsReversed { Phone = "1", Delta = -24_000, Balance = 0 });
    private static readonly LoggedEvent restored = Event(7, new PointsRestored { Phone = "1", Delta = 24_000, Balance = 24_000 });

    public static TheoryData<string, LoggedEvent[], string> Stories => new()
    {
        { "held", [held], "Held - -" },
        { "paid", [held, money, paid], "Paid Paid -" },
        { "confirmed", [held, money, paid, issued, confirmed], "Confirmed Paid Issued" },
        { "the ticket came before the sale was heard of", [held, money, issued], "Held Paid Issued" },
        { "being cancelled", [held, money, paid, issued, confirmed, cancelling], "Cancelling Paid Issued" },
        { "refused", [held, money, paid, issued, confirmed, cancelling, refused], "Confirmed Paid Issued" },
        { "tried again", [held, money, paid, issued, confirmed, cancelling, refused, cancellingAgain], "Cancelling Paid Issued" },
        { "cancelled", [held, money, paid, issued, confirmed, cancelling, ticketGone, refunded, cancelled], "Cancelled Refunded Cancelled" },
        { "declined", [held, declined, rejected], "Rejected Declined -" },
        { "never charged", [held, rejected, voided], "Rejected Voided -" },
        { "checked in", [held, money, paid, issued, confirmed, checkedIn], "CheckedIn Paid CheckedIn" },
        { "checked in during a cancellation", [held, money, paid, issued, confirmed, cancelling, checkedIn], "Cancelling Paid CheckedIn" },
        { "checked in, so the cancellation is refused", [held, money, paid, issued, confirmed, cancelling, checkedIn, refused], "CheckedIn Paid CheckedIn" },
        { "a transfer is awaited", [held, awaiting], "AwaitingDeposit AwaitingDeposit -" },
        { "the transfer has come, the sale not yet", [held, awaiting, deposited], "AwaitingDeposit Paid -" },
        { "the transfer did not come", [held, awaiting, voided, rejected], "Rejected Voided -" },
        { "nothing but a void", [voided], "Requested Voided -" },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public void A_row_tells_the_last_state_that_was_reached(string story, LoggedEvent[] events, string states) =>
        States(Fold.Row(Orders.Id(1), events)).Should().Be(states, because: story);

    [Theory]
    [MemberData(nameof(Stories))]
    public void Any_order_and_any_number_of_deliveries_give_the_same_row(string story, LoggedEvent[] events, string states)
    {
        var expected = Fold.Row(Orders.Id(1), events);
        var seed = Seed();
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            var shuffled = Enumerable.Range(0, events.Length * 3).Select(_ => events[random.Next(events.Length)]).Concat(events).ToArray();
            random.Shuffle(shuffled);
            Fold.Row(Orders.Id(1), shuffled).Should().BeEquivalentTo(expected, $"{story} ({states}) in any order, RESORT_SEED={seed}");
        }
    }

    public static TheoryData<LoggedEvent[], PointsType?, long?> PointsStories => new()
    {
        { [held, money], null, null },
        { [held, money, earned], PointsType.Earned, 24_000 },
        { [held, money, earned, reversed], PointsType.Reversed, 0 },
        { [held, money, earned, reversed, restored], PointsType.Restored, 24_000 },
    };

    [Theory]
    [MemberData(nameof(PointsStories))]
    public void A_row_tells_what_the_reservation_is_worth_in_points(LoggedEvent[] events, PointsType? status, long? points)
    {
        var row = Fold.Row(Orders.Id(1), events.Reverse());
        (row.PointsStatus, row.Points).Should().Be((status, points));
    }

    [Fact]
    public void The_last_revision_of_contact_and_needs_counts_in_whatever_order_it_is_told()
    {
        var changed = Event(2, new ReservationChanged { Stay = Orders.Stay() with { Phone = "02-1", Revision = 1 } });
        var changedAgain = Event(4, new ReservationChanged { Stay = Orders.Stay() with { Phone = "02-2", Revision = 2 } });

        Fold.Row(Orders.Id(1), [changedAgain, issued, changed, held]).Phone.Should().Be("02-2");
        Fold.Row(Orders.Id(1), [held, money, changed, issued]).Phone.Should().Be("02-1");
        Fold.Row(Orders.Id(1), [held, changed]).ReservationStatus.Should().Be(ReservationStatus.Held);
    }

    [Fact]
    public void Any_single_event_makes_a_row()
    {
        foreach (var (_, events, _) in Stories.Select(story => ((string)story[0], (LoggedEvent[])story[1], (string)story[2])))
        {
            foreach (var single in events)
                Fold.Row(Orders.Id(1), [single]).ReservationId.Should().Be(Orders.Id(1));
        }
    }

    [Fact]
    public void The_timeline_is_in_the_order_of_time() =>
        JsonSerializer.Deserialize<TimelineEntry[]>(Fold.Row(Orders.Id(1), [paid, money, held]).Timeline, WireJson.Options)!
            .Select(entry => entry.Event).Should().Equal("ReservationHeld", "PaymentPaid", "ReservationPaid");

    private static int Seed() =>
        int.TryParse(Environment.GetEnvironmentVariable("RESORT_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Environment.TickCount;

    private static string States(ViewRow row) => $"{row.ReservationStatus} {row.PaymentStatus?.ToString() ?? "-"} {row.IssueStatus?.ToString() ?? "-"}";

    private static LoggedEvent Event<TEvent>(int minute, TEvent body) where TEvent : ResortEvent
    {
        var id = $"x:{typeof(TEvent).Name}:{minute}";
        var stamped = body with { EventId = id, ReservationId = Orders.Id(1), Time = start.AddMinutes(minute), CorrelationId = "test" };
        return new()
        {
            EventId = stamped.EventId,
            ReservationId = stamped.ReservationId,
            Name = typeof(TEvent).Name,
            Data = JsonSerializer.Serialize((TEvent)stamped, WireJson.Options),
        };
    }
}
