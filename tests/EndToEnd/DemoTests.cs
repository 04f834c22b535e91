using System.Diagnostics;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.EndToEnd;

/// <summary><c>make demo</c> on each set of components.</summary>
public sealed class DemoTests
{
    [Fact]
    public Task The_tour_goes_as_expected() => RunAsync(new Dictionary<string, string>());

    [ServerFact(RedisServer.Program)]
    public async Task The_tour_goes_as_expected_on_Redis()
    {
        await using var set = await RedisSet.RunAsync();
        await RunAsync(set.Environment);
    }

    [ServerFact(PostgresServer.Program, RabbitMqServer.Program)]
    public async Task The_tour_goes_as_expected_on_PostgreSQL_and_RabbitMQ()
    {
        await using var servers = await PostgresRabbitMqServers.RunAsync();
        await using var space = await PostgresRabbitMqSpace.NewAsync(servers);
        await RunAsync(space.Environment);
    }

    private static async Task RunAsync(IReadOnlyDictionary<string, string> environment)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("dotnet", [Repository.PathOf($"tests/Demo/bin/{configuration}/net10.0/Resort.Tests.Demo.dll")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var tour = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        var (output, errors) = (tour.StandardOutput.ReadToEndAsync(deadline.Token), tour.StandardError.ReadToEndAsync(deadline.Token));
        await tour.WaitForExitAsync(deadline.Token);
        var report = await output;
        tour.ExitCode.Should().Be(0, "{0}{1}", report, await errors);
        report.Should().Contain("everything as expected");
    }
}
