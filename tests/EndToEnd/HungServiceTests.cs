using System.Net;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>A service that hangs heals by itself, and its replica serves meanwhile.</summary>
public sealed class HungServiceTests
{
    [Fact]
    public async Task A_hung_payment_is_avoided_until_it_has_been_started_again()
    {
        await using var system = await ResortSystem.StartAsync(twice: ["payment"], options: ["--restart-hung", "12"], without: ["notification", "points"]);
        using var customer = new Customer(system.Gateway);
        var hung = await system.ProcessIdAsync("payment");

        await ResortSystem.SignalAsync("STOP", hung);

        await Probe.UntilAsync("it was found ill", () => Task.FromResult(system.Log), log => log.Contains("the app fails its health checks", StringComparison.Ordinal));
        for (var booking = 0; booking < 10; booking++)
            (await customer.BookAsync(Customer.Order("jeju-ocean", InDays(30 + booking)))).Status.Should().Be(HttpStatusCode.Created, "the other replica takes the charge");
        (await system.ProcessIdAsync("payment")).Should().Be(hung, "nobody has started it again so far");
        await Probe.UntilAsync("it was started again", () => system.ProcessIdAsync("payment"), now => now != hung, TimeSpan.FromSeconds(60));
        await system.UntilReadyAsync("payment");
        (await customer.BookAsync(Customer.Order("jeju-ocean", InDays(60)))).Status.Should().Be(HttpStatusCode.Created);
        (await new Books(system.Gateway, points: false).CheckAsync()).Should().BeEmpty();
    }
}
