using System.Net;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>The way of a customer through the system, by the public API alone.</summary>
[Collection(SystemCollection.Name), Trait("DependsOn", "Set")]
public sealed class BookingTests(SystemFixture fixture)
{
    private const string Resort = "jeju-ocean";
    private readonly Customer customer = fixture.Customer;

    [Fact]
    public async Task A_booking_is_paid_and_has_its_ticket_within_a_second()
    {
        var booked = await customer.BookAsync(Customer.Order(Resort, InDays(20), nights: 2));
        booked.Status.Should().Be(HttpStatusCode.Created, booked.Body);
        booked.Location.Should().EndWith($"/reservations/{booked["reservationid"]}");
        booked["reservationstatus"].Should().BeOneOf("Paid", "Confirmed");
        var view = await customer.ViewAsync(booked["reservationid"]!, view => view.Text("reservationstatus") == "Confirmed", TimeSpan.FromSeconds(1));
        view.Text("paymentstatus").Should().Be("Paid");
        view.Text("issuestatus").Should().Be("Issued");
        view.Text("ticketnumber").Should().NotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_cancelled_booking_is_refunded_its_ticket_void_and_its_rooms_free_again()
    {
        var day = InDays(21);
        var before = await FreeAsync(day);
        var booked = await customer.BookAsync(Customer.Order(Resort, day));
        var id = booked["reservationid"]!;
        (await FreeAsync(day)).Should().Be(before - 1);
        await customer.ViewAsync(id, view => view.Text("issuestatus") == "Issued");
        (await customer.CancelAsync(id)).Status.Should().Be(HttpStatusCode.Accepted);
        await customer.ViewAsync(id, view => view.Text("reservationstatus") == "Cancelled"
            && view.Text("paymentstatus") == "Refunded" && view.Text("issuestatus") == "Cancelled");
        (await FreeAsync(day)).Should().Be(before);
        (await customer.CancelAsync(id)).Status.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_declined_card_is_402_and_leaves_no_room_held()
    {
        var day = InDays(22);
        var before = await FreeAsync(day);
        var answer = await customer.BookAsync(Customer.Order(Resort, day, cardToken: "tok_declined"));
        answer.Status.Should().Be(HttpStatusCode.PaymentRequired, answer.Body);
        answer.ContentType.Should().Be("application/problem+json");
        (await FreeAsync(day)).Should().Be(before);
    }

    [Fact]
    public async Task A_provider_that_is_down_is_503_and_leaves_no_room_held()
    {
        var day = InDays(23);
        var before = await FreeAsync(day);
        var answer = await customer.BookAsync(Customer.Order(Resort, day, cardToken: "tok_unavailable"));
        answer.Status.Should().Be(HttpStatusCode.ServiceUnavailable, answer.Body);
        await Probe.UntilAsync("the room is free again", () => FreeAsync(day), free => free == before);
    }

    [Fact]
    public async Task Two_hundred_at_once_for_ten_rooms_make_ten_tickets()
    {
        var day = InDays(24);
        var resort = (await customer.GetAsync("resorts")).Json.GetProperty("_embedded").GetProperty("resorts").EnumerateArray().First(r => r.GetProperty("defaultcapacity").GetInt32() == 10).GetProperty("id").GetString()!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => customer.BookAsync(Customer.Order(resort, day))));
        answers.GroupBy(answer => answer.Status).ToDictionary(group => group.Key, group => group.Count())
            .Should().BeEquivalentTo(new Dictionary<HttpStatusCode, int> { [HttpStatusCode.Created] = 10, [HttpStatusCode.Conflict] = 190 });
        foreach (var booked in answers.Where(answer => answer.Status == HttpStatusCode.Created))
            await customer.ViewAsync(booked["reservationid"]!, view => view.Text("issuestatus") == "Issued");
    }

    private async Task<int> FreeAsync(DateOnly day) =>
        (await customer.GetAsync($"resorts/{Resort}/availability?date={day:yyyy-MM-dd}&nights=1")).Json.GetProperty("free").GetInt32();
}
