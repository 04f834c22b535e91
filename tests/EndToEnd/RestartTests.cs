using System.Net;
using System.Net.Sockets;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>Stopping and starting the whole system.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Ctrl_C_leaves_no_process_and_frees_the_ports_and_the_next_run_has_the_data()
    {
        await using var system = await ResortSystem.StartAsync();
        using var customer = new Customer(system.Gateway);
        var id = (await customer.BookAsync(Customer.Order("jeju-ocean", InDays(10))))["reservationid"]!;
        var before = await customer.ViewAsync(id, view => view.Text("reservationstatus") == "Confirmed" && view.TryGetProperty("points", out _));
        var free = (await FreeAsync(customer)).Should().NotBeNull().And.Subject;
        var processes = await Task.WhenAll(system.Apps.Keys.Select(system.ProcessIdAsync));

        await system.InterruptAsync();

        system.ExitCode.Should().Be(0);
        processes.Where(ResortSystem.IsRunning).Should().BeEmpty();
        foreach (var ports in system.Apps.Values) await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(ports.App));

        await system.RunAsync();
        (await customer.GetAsync($"reservations/{id}"))["reservationstatus"].Should().Be("Confirmed");
        (await customer.GetAsync($"views/{id}")).Body.Should().Be(before.GetRawText());
        (await customer.GetAsync($"payments/{before.Text("paymentid")}"))["paymentstatus"].Should().Be("Paid");
        (await customer.GetAsync($"issueds/{before.Text("issuedid")}"))["issuestatus"].Should().Be("Issued");
        (await customer.PointsAsync("010-1234-5678")).Should().ContainSingle();
        (await FreeAsync(customer)).Should().Be(free, "the room stays sold");
    }

    [Fact]
    public async Task When_the_host_is_killed_no_app_outlives_it()
    {
        await using var system = await ResortSystem.StartAsync();
        var processes = await Task.WhenAll(system.Apps.Keys.Select(system.ProcessIdAsync));
        await system.KillHostAsync();
        await Probe.UntilAsync("all apps have ended", () => Task.FromResult(processes.Count(ResortSystem.IsRunning)), running => running == 0);
    }

    private static async Task<string?> FreeAsync(Customer customer) => (await customer.GetAsync($"resorts/jeju-ocean/availability?date={InDays(10):O}&nights=1"))["free"];

    private static async Task ConnectAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
    }
}
