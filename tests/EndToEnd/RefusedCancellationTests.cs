using System.Net;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>A cancellation that waits for Points, so that the guest can check in before it reaches his ticket.</summary>
public sealed class RefusedCancellationTests
{
    [Fact]
    public async Task With_Points_down_a_cancellation_is_accepted_and_once_it_is_back_a_guest_who_has_checked_in_keeps_everything()
    {
        await using var system = await ResortSystem.StartAsync();
        using var customer = new Customer(system.Gateway);
        var guest = await BookAsync(customer, InDays(80));
        var other = await BookAsync(customer, InDays(80));
        var points = await system.ProcessIdAsync("points");
        await ResortSystem.SignalAsync("STOP", points);

        foreach (var (id, _) in new[] { guest, other }) (await customer.CancelAsync(id)).Status.Should().Be(HttpStatusCode.Accepted);
        foreach (var (id, _) in new[] { guest, other }) await customer.ViewAsync(id, view => view.Text("reservationstatus") == "Cancelling");
        (await customer.SendAsync(HttpMethod.Post, $"issueds/{guest.Ticket}/check-in")).Status.Should().Be(HttpStatusCode.OK);
        await customer.ViewAsync(guest.Id, view => view.Text("issuestatus") == "CheckedIn" && view.Text("reservationstatus") == "Cancelling");
        await ResortSystem.SignalAsync("CONT", points);

        var refused = await customer.ViewAsync(guest.Id, view => view.Text("reservationstatus") == "CheckedIn" && view.Text("pointsstatus") == "Restored", TimeSpan.FromSeconds(60));
        refused.GetProperty("timeline").EnumerateArray().Select(entry => entry.Text("event"))
            .Should().ContainInOrder("ReservationCancelling", "TicketCheckedIn", "PointsReversed", "PointsRestored", "CancellationRefused");
        (await customer.CancelAsync(guest.Id)).Status.Should().Be(HttpStatusCode.Conflict);
        await customer.ViewAsync(other.Id, view => view.Text("reservationstatus") == "Cancelled", TimeSpan.FromSeconds(60));
        (await new Books(system.Gateway).CheckAsync()).Should().BeEmpty();
    }

    private static async Task<(string Id, string Ticket)> BookAsync(Customer customer, DateOnly day)
    {
        var booked = await customer.BookAsync(Customer.Order("jeju-ocean", day));
        var view = await customer.ViewAsync(booked["reservationid"]!, view => view.Text("reservationstatus") == "Confirmed" && view.Text("pointsstatus") == "Earned");
        return (booked["reservationid"]!, view.Text("issuedid")!);
    }
}
