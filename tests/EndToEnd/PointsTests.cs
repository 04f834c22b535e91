using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>What a guest earns, and how he looks it up.</summary>
[Collection(SystemCollection.Name), Trait("DependsOn", "Set")]
public sealed class PointsTests(SystemFixture fixture)
{
    private readonly Customer customer = fixture.Customer;

    [Fact]
    public async Task A_tenth_of_the_cost_is_earned_with_the_payment_and_lost_with_the_cancellation()
    {
        const string Phone = "010-7000-0001";
        var booked = await BookAsync(Phone, nights: 2);
        var (id, points) = (booked["reservationid"]!, booked.Json.GetProperty("cost").GetInt64() / 10);
        var view = await customer.ViewAsync(id, view => view.TryGetProperty("points", out _) && view.Text("reservationstatus") == "Confirmed");
        (view.GetProperty("points").GetInt64(), view.Text("pointsstatus")).Should().Be((points, "Earned"));
        (await BalanceAsync(Phone)).Should().Be(points);

        await customer.CancelAsync(id);
        view = await customer.ViewAsync(id, view => view.Text("reservationstatus") == "Cancelled" && view.Text("pointsstatus") == "Reversed");
        view.GetProperty("points").GetInt64().Should().Be(0);
        view.GetProperty("timeline").EnumerateArray().Select(entry => entry.GetProperty("event").GetString())
            .Should().ContainInOrder("PointsEarned", "ReservationCancelling", "PointsReversed", "TicketCancelled", "PaymentRefunded", "ReservationCancelled");
        (await customer.PointsAsync(Phone)).Select(Entry).Should().Equal(("Earned", points, points), ("Reversed", -points, 0));
        (await BalanceAsync(Phone)).Should().Be(0);
    }

    [Fact]
    public async Task A_number_has_one_account_and_its_ledger_comes_in_pages()
    {
        foreach (var phone in new[] { "010-7000-0002", "010 7000 0002", "01070000002" }) await BookAsync(phone);
        await Probe.UntilAsync("three bookings have earned", () => customer.PointsAsync("010-7000-0002"), ledger => ledger.Count == 3);
        var pages = new List<JsonElement>();
        for (var page = 0; page < 3; page++)
        {
            var answer = (await customer.GetAsync($"pointHistories/search/findByPhoneNumberOrderByCreateTime?phoneNumber=01070000002&page={page}&size=2")).Json;
            answer.GetProperty("page").GetProperty("totalElements").GetInt32().Should().Be(3);
            pages.AddRange(answer.GetProperty("_embedded").GetProperty("pointHistories").EnumerateArray());
        }
        pages.Select(entry => entry.GetProperty("eventid").GetString()).Should().OnlyHaveUniqueItems().And.HaveCount(3);
        pages.Select(entry => entry.GetProperty("createTime").GetDateTimeOffset()).Should().BeInAscendingOrder();
        pages[^1].GetProperty("balance").GetInt64().Should().Be(await BalanceAsync("010-7000-0002"));
        (await customer.PointsAsync("010-7999-9999")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_payment_that_is_delivered_again_and_again_earns_once()
    {
        const string Phone = "010-7000-0003";
        var booked = await BookAsync(Phone);
        var ledger = await Probe.UntilAsync("the booking has earned", () => customer.PointsAsync(Phone), ledger => ledger.Count == 1);
        var view = await customer.ViewAsync(booked["reservationid"]!, view => view.TryGetProperty("paymentid", out _));

        var deliveries = Enumerable.Range(0, 20).Select(_ => DeliverAsync(booked, view.Text("paymentid")!, Phone)).ToList();

        foreach (var answer in await Task.WhenAll(deliveries)) answer.Should().Contain("SUCCESS").And.NotContain("RETRY").And.NotContain("DROP");
        (await customer.PointsAsync(Phone)).Select(Entry).Should().Equal(ledger.Select(Entry));
    }

    private async Task<Answer> BookAsync(string phone, int nights = 1)
    {
        var order = Customer.Order("jeju-ocean", InDays(50), nights);
        order["phone"] = phone;
        var booked = await customer.BookAsync(order);
        booked.Status.Should().Be(HttpStatusCode.Created, booked.Body);
        return booked;
    }

    private async Task<long> BalanceAsync(string phone)
    {
        var account = await customer.GetAsync($"points/search/findByPhoneNumber?phoneNumber={Uri.EscapeDataString(phone)}");
        account.Status.Should().Be(HttpStatusCode.OK, account.Body);
        return account.Json.GetProperty("balance").GetInt64();
    }

    /// <summary>Three copies of the payment in one delivery, as the sidecar would bring them.</summary>
    private async Task<string> DeliverAsync(Answer booked, string paymentId, string phone)
    {
        var id = booked["reservationid"];
        var stay = new { resortid = "jeju-ocean", resort = "Jeju Ocean", region = "Jeju", date = "2030-01-01", nights = 1, rooms = 1, persons = 1, name = "Kim Minji", phone };
        var data = new { eventid = $"{paymentId}:PaymentPaid", reservationid = id, time = "2030-01-01T00:00:00Z", correlationid = "again", paymentid = paymentId, cost = booked.Json.GetProperty("cost").GetInt64(), stay };
        var copies = Enumerable.Range(0, 3).Select(n => new { entryId = $"{n}", @event = new { id = data.eventid, type = "PaymentPaid", data } });
        using var client = new HttpClient();
        using var answer = await client.PostAsJsonAsync(new Uri($"http://127.0.0.1:{fixture.System.Apps["points"].App}/events/payment-paid"), new { id = "batch", topic = "payment-paid", entries = copies });
        return await answer.Content.ReadAsStringAsync();
    }

    private static (string? Type, long Delta, long Balance) Entry(JsonElement entry) =>
        (entry.GetProperty("type").GetString(), entry.GetProperty("delta").GetInt64(), entry.GetProperty("balance").GetInt64());
}
