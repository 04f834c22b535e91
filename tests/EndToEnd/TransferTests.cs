using System.Net;
using System.Text.Json;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>Reservations that are paid by transfer, in time: the deadline is far.</summary>
[Collection(SystemCollection.Name), Trait("DependsOn", "Set")]
public sealed class TransferTests(SystemFixture fixture)
{
    private const string Resort = "jeju-ocean";
    private readonly Customer customer = fixture.Customer;

    [Fact]
    public async Task A_transfer_holds_the_rooms_and_says_until_when_it_must_come()
    {
        var day = InDays(60);
        var before = await FreeAsync(day);
        var booked = await customer.BookAsync(Customer.TransferOrder(Resort, day));

        booked.Status.Should().Be(HttpStatusCode.Accepted, booked.Body);
        booked.Location.Should().EndWith($"/reservations/{booked["reservationid"]}");
        booked["reservationstatus"].Should().Be("AwaitingDeposit");
        booked.Json.GetProperty("depositdeadline").GetDateTimeOffset().Should().BeCloseTo(DateTimeOffset.UtcNow.AddMinutes(30), TimeSpan.FromMinutes(1));
        (await FreeAsync(day)).Should().Be(before - 1);

        var owner = await customer.GetAsync(booked.Location!);
        owner["depositdeadline"].Should().Be(booked["depositdeadline"]);
        owner.Link("deposit").Should().Be($"/reservations/{booked["reservationid"]}/deposit").And.Be(booked.Link("deposit"));
        (await customer.GetAsync(owner.Link("payment")!))["paymentstatus"].Should().Be("AwaitingDeposit");
        var view = await ViewAsync(booked, "AwaitingDeposit", "AwaitingDeposit");
        view.GetProperty("depositdeadline").GetDateTimeOffset().Should().Be(booked.Json.GetProperty("depositdeadline").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_deposit_pays_and_brings_the_ticket_and_may_be_repeated()
    {
        var booked = await customer.BookAsync(Customer.TransferOrder(Resort, InDays(61)));
        var id = booked["reservationid"]!;

        var deposited = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => customer.DepositAsync(id)));

        deposited.Should().OnlyContain(answer => answer.Status == HttpStatusCode.Accepted && answer.Location == booked.Location);
        var view = await ViewAsync(booked, "Confirmed", "Paid");
        view.Text("ticketnumber").Should().NotBeNullOrEmpty();
        string[] story = ["ReservationHeld", "PaymentAwaitingDeposit", "PaymentPaid", "ReservationPaid", "TicketIssued", "ReservationConfirmed"];
        await customer.ViewAsync(id, view => !story.Except(view.GetProperty("timeline").EnumerateArray().Select(entry => entry.GetProperty("event").GetString()!)).Any());
        (await customer.DepositAsync(id)).Status.Should().Be(HttpStatusCode.Accepted);
        (await customer.GetAsync($"reservations/{id}")).Link("deposit").Should().BeNull();
    }

    [Fact]
    public async Task A_reservation_can_be_cancelled_while_its_deposit_is_awaited()
    {
        var day = InDays(62);
        var before = await FreeAsync(day);
        var booked = await customer.BookAsync(Customer.TransferOrder(Resort, day));

        (await customer.CancelAsync(booked["reservationid"]!)).Status.Should().Be(HttpStatusCode.Accepted);

        await ViewAsync(booked, "Cancelled", "Voided");
        (await FreeAsync(day)).Should().Be(before);
        (await customer.DepositAsync(booked["reservationid"]!)).Status.Should().Be(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_deposited_reservation_that_is_cancelled_is_refunded()
    {
        var booked = await customer.BookAsync(Customer.TransferOrder(Resort, InDays(63)));
        await customer.DepositAsync(booked["reservationid"]!);
        await ViewAsync(booked, "Confirmed", "Paid");

        (await customer.CancelAsync(booked["reservationid"]!)).Status.Should().Be(HttpStatusCode.Accepted);

        await ViewAsync(booked, "Cancelled", "Refunded");
    }

    [Fact]
    public async Task A_deposit_that_is_not_awaited_is_refused()
    {
        (await customer.DepositAsync(Guid.CreateVersion7().ToString())).Status.Should().Be(HttpStatusCode.NotFound);
        var byCard = await customer.BookAsync(Customer.Order(Resort, InDays(64)));
        var answer = await customer.DepositAsync(byCard["reservationid"]!);
        answer.Status.Should().Be(HttpStatusCode.Conflict, answer.Body);
        answer.ContentType.Should().Be("application/problem+json");
    }

    private Task<JsonElement> ViewAsync(Answer booked, string reservation, string payment) =>
        customer.ViewAsync(booked["reservationid"]!, view => view.Text("reservationstatus") == reservation
            && view.TryGetProperty("paymentstatus", out var status) && status.GetString() == payment);

    private async Task<int> FreeAsync(DateOnly day) =>
        (await customer.GetAsync($"resorts/{Resort}/availability?date={day:yyyy-MM-dd}&nights=1")).Json.GetProperty("free").GetInt32();
}
