using Resort.Tests.Conformance.Recordings;
using Resort.Tests.Conformance.Replaying;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Conformance;

/// <summary>Every recorded scenario, played by this sidecar: it does what real Dapr did, or differs as <c>differences.md</c> says.</summary>
public class ScenarioTests(ScenarioTests.Run run) : IClassFixture<ScenarioTests.Run>
{
    private static readonly (string Name, string Needs)[] played =
        [.. Recording.All.SelectMany(group => group.Value.Scenarios.Select(scenario => ($"{group.Key}/{scenario.Name}", string.Join(',', scenario.Needs))))];

    public static TheoryData<string> Names(string needs) => [.. played.Where(scenario => scenario.Needs == needs).Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names), "")]
    public Task Replays(string name) => ReplayAsync(name);

    [ServerTheory(RedisServer.Program), MemberData(nameof(Names), "REDIS")]
    public Task Replays_on_Redis(string name) => ReplayAsync(name);

    [ServerTheory(PostgresServer.Program), MemberData(nameof(Names), "POSTGRES")]
    public Task Replays_on_PostgreSQL(string name) => ReplayAsync(name);

    [ServerTheory(RabbitMqServer.Program), MemberData(nameof(Names), "RABBITMQ")]
    public Task Replays_on_RabbitMQ(string name) => ReplayAsync(name);

    [ServerTheory(RedisServer.Program, PostgresServer.Program, RabbitMqServer.Program), MemberData(nameof(Names), "REDIS,POSTGRES,RABBITMQ")]
    public Task Replays_on_all_servers(string name) => ReplayAsync(name);

    [Fact]
    public void Every_listed_difference_is_about_a_scenario_that_is_played() =>
        DifferenceList.All.Keys.Where(name => !name.StartsWith("workflow/", StringComparison.Ordinal)).Except(played.Select(scenario => scenario.Name)).Should().BeEmpty();

    private async Task ReplayAsync(string name)
    {
        var (group, scenario) = name.Split('/') is [var first, var second] ? (first, second) : throw new ArgumentException(name);
        var recording = Recording.All[group];
        var script = recording.Scenarios.Single(candidate => candidate.Name == scenario);
        await run.Report.JudgeAsync(name, async () => await Replay.RunAsync(recording, script, await run.Servers.AddressesAsync(script.Needs)));
    }

    /// <summary>Writes the report when all have been played.</summary>
    public sealed class Run : IAsyncLifetime
    {
        internal Report Report { get; } = new();

        internal ScenarioServers Servers { get; } = new();

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync()
        {
            Report.Write("conformance.md");
            await Servers.DisposeAsync();
        }
    }
}
