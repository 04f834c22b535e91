using System.Net;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>The read model through the gateway: what is told of changes, and rebuilding.</summary>
[Collection(SystemCollection.Name), Trait("DependsOn", "Set")]
public sealed class StreamTests(SystemFixture fixture)
{
    private static readonly string[] ofABooking = ["ReservationHeld", "PaymentPaid", "ReservationPaid", "TicketIssued", "ReservationConfirmed", "PointsEarned"];

    [Fact]
    public async Task A_listener_sees_a_booking_happen_and_resumes_where_the_connection_broke()
    {
        using var http = new HttpClient { BaseAddress = fixture.System.Gateway };
        var listener = await EventStreamClient.ConnectAsync(http, "views/stream");
        var id = await BookAsync(fixture.Customer);
        for (var own = 0; own < 2;) // others may still be told of
            own += (await listener.ReadAsync(1)).Count(change => change.Data.Contains(id));
        listener.Dispose();
        await fixture.Customer.ViewAsync(id, view => view.GetProperty("timeline").GetArrayLength() == ofABooking.Length);

        using var again = await EventStreamClient.ConnectAsync(http, $"views/stream?reservationid={id}", listener.Position);
        using var fromTheBeginning = await EventStreamClient.ConnectAsync(http, $"views/stream?reservationid={id}", 0);

        var rest = await again.ReadAsync(ofABooking.Length - 2);
        var all = await fromTheBeginning.ReadAsync(ofABooking.Length);
        all.Skip(2).Should().Equal(rest);
        all.Select(change => change.Name).Should().BeEquivalentTo(ofABooking);
    }

    [Fact]
    public async Task Who_listens_misses_nothing_when_the_view_is_killed_and_started_again()
    {
        await using var system = await ResortSystem.StartAsync();
        using var customer = new Customer(system.Gateway);
        using var http = new HttpClient { BaseAddress = system.Gateway };
        var first = await BookAsync(customer);
        await customer.ViewAsync(first, view => view.GetProperty("timeline").GetArrayLength() == ofABooking.Length);
        var listener = await EventStreamClient.ConnectAsync(http, "views/stream", 0);
        await listener.ReadAsync(ofABooking.Length);

        var before = await system.ProcessIdAsync("view");
        await system.KillAsync("view");
        await FluentActions.Awaiting(() => listener.ReadAsync(1)).Should().ThrowAsync<IOException>();
        var second = await BookAsync(customer); // told to the view when it is back
        await Probe.UntilAsync("the view was started again", () => system.ProcessIdAsync("view"), now => now != before, TimeSpan.FromSeconds(60));
        await system.UntilReadyAsync("view");

        using var resumed = await EventStreamClient.ConnectAsync(http, "views/stream", listener.Position);
        var told = await resumed.ReadAsync(ofABooking.Length);
        told.Should().OnlyContain(change => change.Data.Contains(second));
        told.Select(change => change.Name).Should().BeEquivalentTo(ofABooking);
    }

    [Fact]
    public async Task A_rebuild_changes_nothing_that_was_right_while_reads_and_bookings_go_on()
    {
        var id = await BookAsync(fixture.Customer);
        var rebuilds = Enumerable.Range(0, 2).Select(_ => fixture.Customer.SendAsync(HttpMethod.Post, "views/rebuild")).ToList();
        var meanwhile = await BookAsync(fixture.Customer);
        foreach (var rebuild in rebuilds)
        {
            (await rebuild).Status.Should().Be(HttpStatusCode.OK);
            (await rebuild)["changed"].Should().Be("0");
        }
        foreach (var booking in new[] { id, meanwhile })
            await fixture.Customer.ViewAsync(booking, view => view.Text("reservationstatus") == "Confirmed");
    }

    private static async Task<string> BookAsync(Customer customer) => (await customer.BookAsync(Customer.Order("jeju-ocean", InDays(70))))["reservationid"]!;
}
