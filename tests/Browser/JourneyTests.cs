using System.Text.Json;
using System.Text.Json.Serialization;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Browser;

/// <summary>How timelines are told as steps, for endings that are hard to see while they happen.</summary>
public sealed class JourneyTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    // what there is not is left out
    private static readonly JsonSerializerOptions wire = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private const string Tell = """
        async json => {
          const view = JSON.parse(json)
          const { journey, isMoving } = await import('/web/me/journey.js')
          const { booking, cancellation } = journey(view)
          const text = steps => steps.map(step => `${step.key}:${step.state}`).join(' ')
          return `${text(booking)} | ${text(cancellation)} | ${isMoving(view) ? 'moving' : 'still'}`
        }
        """;

    private static readonly (string Status, string? Reason, string Events, string Told)[] endings =
    [
        ("Held", null, "ReservationHeld", "held:done paid:now ticket:next points:next |  | moving"),
        ("Rejected", "sold_out", "ReservationRejected", "held:failed |  | still"),
        ("Rejected", "payment_declined", "ReservationHeld PaymentDeclined ReservationRejected", "held:done paid:failed released:undone |  | still"),
        ("Rejected", "payment_unavailable", "ReservationHeld PaymentVoided ReservationRejected", "held:done paid:failed released:undone |  | still"),
        ("Confirmed", null, "ReservationHeld PaymentPaid ReservationPaid TicketIssued ReservationConfirmed", "held:done paid:done ticket:done points:now |  | moving"),
        ("Cancelling", null, "ReservationHeld PaymentPaid ReservationPaid TicketIssued PointsEarned ReservationCancelling PointsReversed", "held:done paid:done ticket:done points:done | cancelling:undone pointsback:undone ticketback:now refund:next roomsback:next | moving"),
        ("Cancelled", null, "ReservationHeld ReservationCancelling PaymentVoided ReservationCancelled", "held:done | cancelling:undone void:undone roomsback:undone | still"),
        ("CheckedIn", null, "ReservationHeld PaymentPaid ReservationPaid TicketIssued PointsEarned ReservationCancelling TicketCheckedIn PointsReversed PointsRestored CancellationRefused", "held:done paid:done ticket:done points:done checkedin:done | cancelling:undone pointsback:undone pointskept:undone refused:failed | still"),
    ];

    [ServerFact(BrowserFixture.Chromium)]
    public async Task Each_timeline_is_told_as_steps()
    {
        var visitor = await VisitAsync();
        foreach (var ending in endings)
            (await visitor.Page.EvaluateAsync<string>(Tell, JsonSerializer.Serialize(View(ending.Status, ending.Reason, ending.Events), wire))).Should().Be(ending.Told, ending.Events);
    }

    private static object View(string status, string? reason, string events) => new
    {
        reservationstatus = status,
        reason,
        paymenttype = "card",
        ticketnumber = events.Contains("TicketIssued", StringComparison.Ordinal) ? "ABCD" : null,
        pointsstatus = events.Contains("PointsEarned", StringComparison.Ordinal) ? "Earned" : null,
        timeline = events.Split(' ').Select((name, second) => new { @event = name, time = DateTimeOffset.UnixEpoch.AddSeconds(second + 1) }),
    };
}
