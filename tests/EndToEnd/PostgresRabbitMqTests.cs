using System.Diagnostics;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.EndToEnd;

/// <summary>The system on <c>components/postgres-rabbitmq</c>: the same calls.</summary>
public sealed class PostgresRabbitMqTests
{
    [ServerFact(PostgresServer.Program, RabbitMqServer.Program)]
    public async Task The_tour_goes_as_expected()
    {
        await using var servers = await PostgresRabbitMqServers.RunAsync();
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("dotnet", [Repository.PathOf($"tests/Demo/bin/{configuration}/net10.0/Resort.Tests.Demo.dll")]) { RedirectStandardOutput = true };
        foreach (var (name, value) in servers.Environment) start.Environment[name] = value;
        using var tour = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(4));

        var report = await tour.StandardOutput.ReadToEndAsync(deadline.Token);
        await tour.WaitForExitAsync(deadline.Token);

        tour.ExitCode.Should().Be(0, report);
    }
}
