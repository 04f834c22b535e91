using System.Net;
using Resort.Contracts;
using Resort.Tests.Harness;

namespace Resort.Tests.Integration;

/// <summary>Outages of hours: nothing is given up, and it goes on by itself.</summary>
public sealed class LongOutageTests : IAsyncLifetime
{
    private VirtualSystem system = null!;

    public async Task InitializeAsync() => system = await VirtualSystem.StartAsync();

    public async Task DisposeAsync() => await system.DisposeAsync();

    [Fact]
    public async Task A_cancellation_is_refunded_after_Payment_was_down_for_six_hours()
    {
        var booked = await system.Customer.BookAsync(Customer.Order("jeju-ocean", system.InDays(30)));
        var id = booked["reservationid"]!;
        await system.Customer.ViewAsync(id, view => Status(view, "reservationstatus") == "Confirmed");

        await system.StopAsync(Apps.Payment);
        (await system.Customer.CancelAsync(id)).Status.Should().Be(HttpStatusCode.Accepted);
        await system.Customer.ViewAsync(id, view => Status(view, "issuestatus") == "Cancelled");
        for (var hours = 0; hours < 6; hours++)
            system.Clock.Forward(TimeSpan.FromHours(1));
        var view = await system.Customer.ViewAsync(id, _ => true);
        (Status(view, "reservationstatus"), Status(view, "paymentstatus")).Should().Be(("Cancelling", "Paid"));

        system.Start(Apps.Payment);
        await system.UntilAsync("the refund", TimeSpan.FromMinutes(1), async () => Status(await system.Customer.ViewAsync(id, _ => true), "paymentstatus") == "Refunded");
        await system.Customer.ViewAsync(id, view => Status(view, "reservationstatus") == "Cancelled");
    }

    private static string? Status(System.Text.Json.JsonElement view, string field) => view.TryGetProperty(field, out var value) ? value.GetString() : null;
}
