using System.Net;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>What is too much for the gateway is refused at once, and harms nothing.</summary>
[Collection(AloneCollection.Name)]
public sealed class OverloadTests
{
    [Fact]
    public async Task A_client_that_sends_more_than_its_rate_is_refused_until_it_waits()
    {
        await using var system = await ResortSystem.StartAsync(new Dictionary<string, string> { ["Limits__PerSecondAndClient"] = "20" }, without: ["points", "notification"]);
        using var customer = new Customer(system.Gateway);

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => customer.GetAsync("resorts")));

        answers.Select(answer => answer.Status).Distinct().Should().BeEquivalentTo([HttpStatusCode.OK, HttpStatusCode.TooManyRequests]);
        var refused = answers.First(answer => answer.Status == HttpStatusCode.TooManyRequests);
        (refused["type"], refused.Headers!.RetryAfter?.Delta).Should().Be(("urn:resort:too_many_requests", TimeSpan.FromSeconds(1)));
        await Probe.UntilAsync("the client may send again", () => customer.GetAsync("resorts"), answer => answer.Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task More_bookings_at_a_time_than_there_is_room_for_are_refused_and_the_others_are_made()
    {
        await using var system = await ResortSystem.StartAsync(new Dictionary<string, string> { ["Limits__AtATime"] = "4", ["Limits__Queued"] = "4" });
        using var customer = new Customer(system.Gateway);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => customer.BookAsync(Customer.Order("jeju-ocean", InDays(30 + (n % 60))))));

        answers.Select(answer => answer.Status).Distinct().Should().BeEquivalentTo([HttpStatusCode.Created, HttpStatusCode.ServiceUnavailable]);
        var refused = answers.First(answer => answer.Status == HttpStatusCode.ServiceUnavailable);
        (refused["type"], refused.Headers!.RetryAfter?.Delta).Should().Be(("urn:resort:overloaded", TimeSpan.FromSeconds(1)));
        foreach (var booked in answers.Where(answer => answer.Status == HttpStatusCode.Created)) await customer.ViewAsync(booked["reservationid"]!, view => view.Text("reservationstatus") == "Confirmed");
        (await new Books(system.Gateway).CheckAsync()).Should().BeEmpty();
    }
}
