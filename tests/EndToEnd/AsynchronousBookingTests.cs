using System.Net;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>Bookings whose outcome is looked up later.</summary>
[Collection(SystemCollection.Name), Trait("DependsOn", "Set")]
public sealed class AsynchronousBookingTests(SystemFixture fixture)
{
    private static readonly (string, string) respondAsync = ("Prefer", "respond-async");
    private readonly Customer customer = fixture.Customer;

    [Theory]
    [InlineData("tok_ok", "Confirmed")]
    [InlineData("tok_declined", "Rejected")]
    [InlineData("tok_unavailable", "Rejected")]
    public async Task The_answer_comes_at_once_and_the_outcome_is_found_where_it_says(string cardToken, string outcome)
    {
        var booked = await customer.BookAsync(Customer.Order("jeju-ocean", InDays(70), cardToken: cardToken), respondAsync);

        booked.Status.Should().Be(HttpStatusCode.Accepted, booked.Body);
        booked.Headers!.GetValues("Preference-Applied").Should().Equal("respond-async");
        booked["reservationstatus"].Should().Be("Requested");
        (await customer.GetAsync(booked.Location!)).Status.Should().Be(HttpStatusCode.OK, "it is there from the moment it was accepted");
        await Probe.UntilAsync($"{booked.Location} is {outcome}", () => customer.GetAsync(booked.Location!), found => found["reservationstatus"] == outcome);
    }

    [Fact]
    public async Task A_transfer_may_be_booked_so_as_well()
    {
        var booked = await customer.BookAsync(Customer.TransferOrder("jeju-ocean", InDays(71)), respondAsync);

        booked["reservationstatus"].Should().Be("Requested");
        await Probe.UntilAsync("the deposit is awaited", () => customer.GetAsync(booked.Location!), found => found["reservationstatus"] == "AwaitingDeposit");
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_once()
    {
        var order = Customer.Order("jeju-ocean", InDays(72), rooms: 0);
        (await customer.BookAsync(order, respondAsync)).Status.Should().Be(HttpStatusCode.UnprocessableEntity);
    }
}
