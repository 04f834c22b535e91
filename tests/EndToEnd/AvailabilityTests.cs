using System.Net;
using System.Text;
using System.Text.Json;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>What goes on while one service is down or hangs, and that the rest is made up for when it is back.</summary>
[Collection(AloneCollection.Name)]
public sealed class AvailabilityTests(AvailabilityTests.Running running) : IClassFixture<AvailabilityTests.Running>, IDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);
    private readonly ResortSystem system = running.Resort;
    private readonly Customer customer = new(running.Resort.Gateway);

    [Theory]
    [InlineData(OutageKind.Down)]
    [InlineData(OutageKind.Hangs)]
    public async Task Without_Payment_a_booking_is_refused_and_holds_nothing_and_a_cancellation_is_accepted_and_done_later(OutageKind kind)
    {
        var day = InDays(kind is OutageKind.Down ? 60 : 61);
        var booked = await ConfirmedAsync(day);
        var free = await FreeAsync(day);
        string refused;
        await using (await Outage.BeginAsync(system, "payment", kind))
        {
            using var answer = await BookAsync(day);
            var problem = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
            answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable, problem.GetRawText());
            answer.Headers.RetryAfter!.Delta.Should().BePositive();
            problem.GetProperty("type").GetString().Should().Be("urn:resort:payment_unavailable");
            refused = problem.GetProperty("reservationid").GetString()!;
            (await FreeAsync(day)).Should().Be(free);

            (await customer.CancelAsync(booked)).Status.Should().Be(HttpStatusCode.Accepted);
            var view = await ViewAsync(booked, "Cancelling", view => view.Text("issuestatus") == "Cancelled");
            view.Text("paymentstatus").Should().Be("Paid");
        }
        await ViewAsync(booked, "Cancelled", view => view.Text("paymentstatus") == "Refunded");
        await ViewAsync(refused, "Rejected", view => view.Text("paymentstatus") == "Voided");
        await Probe.UntilAsync("bookings are paid again", async () => { using var answer = await BookAsync(day); return answer.StatusCode; }, status => status == HttpStatusCode.Created, patience);
    }

    [Theory]
    [InlineData(OutageKind.Down)]
    [InlineData(OutageKind.Hangs)]
    public async Task Without_Issue_a_booking_stays_paid_and_is_confirmed_later_and_a_cancellation_waits(OutageKind kind)
    {
        var day = InDays(kind is OutageKind.Down ? 62 : 63);
        string paid, cancelled;
        await using (await Outage.BeginAsync(system, "issue", kind))
        {
            (paid, cancelled) = (await PaidAsync(day), await PaidAsync(day));
            foreach (var id in new[] { paid, cancelled }) await ViewAsync(id, "Paid", view => view.Text("paymentstatus") == "Paid");
            (await customer.CancelAsync(cancelled)).Status.Should().Be(HttpStatusCode.Accepted);
            await ViewAsync(cancelled, "Cancelling", view => view.Text("paymentstatus") == "Paid");
            (await customer.GetAsync($"reservations/{paid}"))["reservationstatus"].Should().Be("Paid");
        }
        await ViewAsync(paid, "Confirmed", view => view.Text("issuestatus") == "Issued");
        await ViewAsync(cancelled, "Cancelled", view => view.Text("paymentstatus") == "Refunded" && view.Text("issuestatus") is null or "Cancelled");
    }

    [Theory]
    [InlineData(OutageKind.Down)]
    [InlineData(OutageKind.Hangs)]
    public async Task Without_Points_bookings_are_confirmed_and_a_cancellation_touches_no_money_until_the_points_are_back(OutageKind kind)
    {
        var day = InDays(kind is OutageKind.Down ? 64 : 65);
        string booked, cancelled;
        await using (await Outage.BeginAsync(system, "points", kind))
        {
            (booked, cancelled) = (await ConfirmedAsync(day), await ConfirmedAsync(day));
            (await customer.CancelAsync(cancelled)).Status.Should().Be(HttpStatusCode.Accepted);
            var view = await ViewAsync(cancelled, "Cancelling");
            (view.Text("paymentstatus"), view.Text("issuestatus")).Should().Be(("Paid", "Issued"));
        }
        await ViewAsync(cancelled, "Cancelled", view => view.Text("paymentstatus") == "Refunded" && view.Text("issuestatus") == "Cancelled");
        await ViewAsync(booked, "Confirmed", view => view.GetProperty("timeline").EnumerateArray().Any(entry => entry.Text("event") == "PointsEarned"));
    }

    public void Dispose() => customer.Dispose();

    private async Task<string> PaidAsync(DateOnly day)
    {
        using var answer = await BookAsync(day);
        var booked = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.Created, booked);
        return JsonSerializer.Deserialize<JsonElement>(booked).GetProperty("reservationid").GetString()!;
    }

    private async Task<string> ConfirmedAsync(DateOnly day)
    {
        var id = await PaidAsync(day);
        await ViewAsync(id, "Confirmed");
        return id;
    }

    // with the headers of the answer
    private async Task<HttpResponseMessage> BookAsync(DateOnly day)
    {
        using var client = new HttpClient();
        using var body = new StringContent(Customer.Order("jeju-ocean", day).ToJsonString(), Encoding.UTF8, "application/json");
        return await client.PostAsync(new Uri(system.Gateway, "reservations"), body);
    }

    private Task<JsonElement> ViewAsync(string id, string status, Func<JsonElement, bool>? more = null) =>
        customer.ViewAsync(id, view => view.Text("reservationstatus") == status && (more is null || more(view)), patience);

    private async Task<int> FreeAsync(DateOnly day) =>
        (await customer.GetAsync($"resorts/jeju-ocean/availability?date={day:yyyy-MM-dd}&nights=1")).Json.GetProperty("free").GetInt32();

    /// <summary>A system whose apps come and go.</summary>
    public sealed class Running : IAsyncLifetime
    {
        public ResortSystem Resort { get; private set; } = null!;

        public async Task InitializeAsync() => Resort = await ResortSystem.StartAsync();

        public async Task DisposeAsync() => await Resort.DisposeAsync();
    }
}
