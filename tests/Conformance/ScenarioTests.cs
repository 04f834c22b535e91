using Resort.Tests.Conformance.Recordings;
using Resort.Tests.Conformance.Replaying;

namespace Resort.Tests.Conformance;

/// <summary>Every recorded scenario, played by this sidecar: it does what real Dapr did, or differs as <c>differences.md</c> says.</summary>
public class ScenarioTests(ScenarioTests.Run run) : IClassFixture<ScenarioTests.Run>
{
    private static readonly string[] played = [.. Recording.All.SelectMany(group => group.Value.Scenarios.Select(scenario => $"{group.Key}/{scenario.Name}"))];

    public static TheoryData<string> Names => [.. played];

    [Theory, MemberData(nameof(Names))]
    public async Task Replays(string name)
    {
        var (group, scenario) = name.Split('/') is [var first, var second] ? (first, second) : throw new ArgumentException(name);
        var recording = Recording.All[group];
        await run.Report.JudgeAsync(name, () => Replay.RunAsync(recording, recording.Scenarios.Single(candidate => candidate.Name == scenario)));
    }

    [Fact]
    public void Every_listed_difference_is_about_a_scenario_that_is_played() =>
        DifferenceList.All.Keys.Where(name => !name.StartsWith("workflow/", StringComparison.Ordinal)).Except(played).Should().BeEmpty();

    /// <summary>Writes the report when all have been played.</summary>
    public sealed class Run : IDisposable
    {
        internal Report Report { get; } = new();

        public void Dispose() => Report.Write("conformance.md");
    }
}
