using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd.Telemetry;

/// <summary>What a collector sees of the system once <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.</summary>
public sealed class TelemetryTests
{
    private static readonly string[] services = ["gateway", "reservation", "payment", "issue", "points", "view"];

    private static readonly string[] counted = ["resort.bookings{outcome=Confirmed}", "resort.booking.duration{outcome=Paid}", "resort.booking.time_to_ticket{outcome=Issued}"];

    [Fact]
    public async Task One_booking_is_one_trace_over_all_services_and_both_sides_of_the_sidecars_and_counts_once()
    {
        await using var collector = await Collector.StartAsync();
        await using var system = await ResortSystem.StartAsync(collector.Environment);
        using var customer = new Customer(system.Gateway);

        var booked = await customer.BookAsync(Customer.Order("jeju-ocean", InDays(20)));
        await customer.ViewAsync(booked["reservationid"]!, view => view.Text("reservationstatus") == "Confirmed" && view.Text("pointsstatus") == "Earned");

        await Probe.UntilAsync("the trace to be whole", () => Task.FromResult(Gaps(Trace(collector.Spans))), gaps => gaps.Length == 0);
        await Probe.UntilAsync("the booking to be counted once", () => Task.FromResult(string.Join(", ", counted.Select(name => collector.Metrics.GetValueOrDefault(name)))), counts => counts == "1, 1, 1");
        Trace(collector.Spans).Select(span => span.Name).Should().Contain(["HoldRooms", "ChargePayment", "SellRooms"]).And.Contain(name => name.StartsWith("CallLocal/payment/", StringComparison.Ordinal)).And.Contain("pubsub/payment-paid");
    }

    /// <summary>The spans that hang together with the gateway's for the booking.</summary>
    private static List<Span> Trace(IReadOnlyList<Span> spans) =>
        spans.FirstOrDefault(span => span.Service == "gateway" && span.Name.StartsWith("POST /reservations", StringComparison.Ordinal)) is { } root
            ? [.. spans.Where(span => span.TraceId == root.TraceId)]
            : [];

    /// <summary>Services that are not in it, and spans whose parents are not.</summary>
    private static string Gaps(List<Span> trace)
    {
        var known = trace.Select(span => span.Id).ToHashSet();
        var silent = services.Where(service => !trace.Exists(span => span.Service == service));
        var orphans = trace.Where(span => span.ParentId.Length > 0 && !known.Contains(span.ParentId)).Select(span => $"{span.Service}: {span.Name}");
        return string.Join(", ", silent.Concat(orphans));
    }
}
