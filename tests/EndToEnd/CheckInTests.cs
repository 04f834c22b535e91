using System.Net;
using System.Text.Json;
using Resort.Tests.Harness;
using Xunit.Abstractions;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>A guest who is in the house, and what that means for his cancellation.</summary>
[Collection(SystemCollection.Name), Trait("DependsOn", "Set")]
public sealed class CheckInTests(SystemFixture fixture, ITestOutputHelper output)
{
    private const string Resort = "jeju-ocean";
    private readonly Customer customer = fixture.Customer;

    [Fact]
    public async Task A_ticket_lets_in_once_and_its_reservation_cannot_be_cancelled_afterwards()
    {
        var (id, ticket) = await BookAsync(InDays(60));
        (await customer.GetAsync($"issueds/{ticket}")).Json.GetProperty("_links").GetProperty("check-in").GetProperty("href").GetString().Should().Be($"/issueds/{ticket}/check-in");

        var checkedIn = await CheckInAsync(ticket);

        checkedIn.Status.Should().Be(HttpStatusCode.OK, checkedIn.Body);
        checkedIn["issuestatus"].Should().Be("CheckedIn");
        checkedIn.Json.GetProperty("_links").TryGetProperty("check-in", out _).Should().BeFalse();
        var again = await CheckInAsync(ticket);
        (again.Status, again.ContentType).Should().Be((HttpStatusCode.Conflict, "application/problem+json"));
        var view = await customer.ViewAsync(id, view => view.Text("reservationstatus") == "CheckedIn");
        view.Text("issuestatus").Should().Be("CheckedIn");
        Events(view).Should().EndWith("TicketCheckedIn");
        await UntilOwnerAsync(id, status => status == "CheckedIn");
        (await customer.CancelAsync(id)).Status.Should().Be(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_cancelled_ticket_lets_nobody_in()
    {
        var (id, ticket) = await BookAsync(InDays(61));
        await customer.CancelAsync(id);
        await customer.ViewAsync(id, view => view.Text("reservationstatus") == "Cancelled");
        (await CheckInAsync(ticket)).Status.Should().Be(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Cancelling_and_checking_in_at_once_end_a_hundred_times_in_exactly_one_of_the_two()
    {
        var days = Enumerable.Range(62, 10).Select(InDays).ToList();
        var before = await Task.WhenAll(days.Select(FreeAsync));
        var races = new List<Race>();
        foreach (var day in days)
            races.AddRange(await Task.WhenAll(Enumerable.Range(0, 10).Select(n => RunAsync(day, $"010-8{day:MMdd}-{n:0000}", headStart: n % 4))));

        output.WriteLine($"{races.Count(race => race.IsIn)} checked in, {races.Count(race => !race.IsIn)} cancelled");
        races.Select(race => race.IsIn).Distinct().Should().HaveCount(2, "each of them wins at times");
        foreach (var race in races) await IsOverAsync(race); // and nothing has changed it since
        (await Task.WhenAll(days.Select(FreeAsync))).Should().Equal(before.Zip(days, (free, day) => free - races.Count(race => race.Day == day && race.IsIn)));
    }

    private sealed record Race(string Id, DateOnly Day, bool IsIn, bool IsAccepted);

    /// <summary>One guest wants both.</summary>
    /// <param name="day">When he arrives.</param>
    /// <param name="phone">His own, so that his points can be watched.</param>
    /// <param name="headStart">0: none; 1: the cancellation is accepted before he checks in; 2: and comes to the ticket next; 3: and this can be seen.</param>
    private async Task<Race> RunAsync(DateOnly day, string phone, int headStart)
    {
        var (id, ticket) = await BookAsync(day, phone);
        var cancelling = customer.CancelAsync(id);
        if (headStart > 0) await cancelling;
        if (headStart > 1) await Probe.UntilAsync($"the points of {phone} are reversed", () => customer.PointsAsync(phone), ledger => ledger.Any(entry => entry.Text("type") == "Reversed"));
        if (headStart > 2) await customer.ViewAsync(id, view => Events(view).Contains("PointsReversed"));
        var (checkIn, cancel) = (await CheckInAsync(ticket), await cancelling);

        checkIn.Status.Should().BeOneOf([HttpStatusCode.OK, HttpStatusCode.Conflict], checkIn.Body);
        var race = new Race(id, day, IsIn: checkIn.Status == HttpStatusCode.OK, IsAccepted: cancel.Status == HttpStatusCode.Accepted);
        cancel.Status.Should().BeOneOf([HttpStatusCode.Accepted, race.IsIn ? HttpStatusCode.Conflict : HttpStatusCode.Accepted], cancel.Body);
        await UntilOwnerAsync(id, status => status == (race.IsIn ? "CheckedIn" : "Cancelled"));
        await IsOverAsync(race);
        return race;
    }

    private async Task IsOverAsync(Race race)
    {
        var view = await customer.ViewAsync(race.Id, view => race.IsIn ? IsCheckedIn(view, race.IsAccepted) : IsCancelled(view));
        foreach (var (owner, of) in new[] { ("reservations", "reservation"), ("payments", "payment"), ("issueds", "issue") })
            (await customer.GetAsync($"{owner}/{view.Text(of == "issue" ? "issuedid" : $"{of}id")}"))[$"{of}status"].Should().Be(view.Text($"{of}status"));
    }

    private static bool IsCancelled(JsonElement view) =>
        States(view) == ("Cancelled", "Refunded", "Cancelled", "Reversed") && view.GetProperty("points").GetInt64() == 0 && !Events(view).Contains("TicketCheckedIn");

    // whoever was told that his cancellation is accepted is told that it was refused
    private static bool IsCheckedIn(JsonElement view, bool isAccepted)
    {
        var (reservation, payment, ticket, points) = States(view);
        return (reservation, payment, ticket) == ("CheckedIn", "Paid", "CheckedIn") && points is "Earned" or "Restored"
            && view.GetProperty("points").GetInt64() == view.GetProperty("cost").GetInt64() / 10
            && Events(view).Contains("CancellationRefused") == isAccepted;
    }

    private Task<Answer> UntilOwnerAsync(string id, Func<string?, bool> satisfied) => Probe.UntilAsync(
        $"the status of {id}", () => customer.GetAsync($"reservations/{id}"), reservation => satisfied(reservation["reservationstatus"]));

    private static (string?, string?, string?, string?) States(JsonElement view) =>
        (view.Text("reservationstatus"), view.Text("paymentstatus"), view.Text("issuestatus"), view.Text("pointsstatus"));

    private async Task<(string ReservationId, string Ticket)> BookAsync(DateOnly day, string phone = "010-8000-0000")
    {
        var order = Customer.Order(Resort, day);
        order["phone"] = phone;
        var booked = await customer.BookAsync(order);
        booked.Status.Should().Be(HttpStatusCode.Created, booked.Body);
        var view = await customer.ViewAsync(booked["reservationid"]!, view => view.Text("reservationstatus") == "Confirmed");
        return (booked["reservationid"]!, view.Text("issuedid")!);
    }

    private Task<Answer> CheckInAsync(string ticket) => customer.SendAsync(HttpMethod.Post, $"issueds/{ticket}/check-in");

    private async Task<int> FreeAsync(DateOnly day) =>
        (await customer.GetAsync($"resorts/{Resort}/availability?date={day:yyyy-MM-dd}&nights=1")).Json.GetProperty("free").GetInt32();

    private static IEnumerable<string?> Events(JsonElement view) => view.GetProperty("timeline").EnumerateArray().Select(entry => entry.GetProperty("event").GetString());
}
