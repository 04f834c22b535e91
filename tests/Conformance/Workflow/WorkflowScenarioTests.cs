namespace Resort.Tests.Conformance.Workflow;

/// <summary>Every recorded workflow scenario, played by this sidecar: it does what real Dapr did, or differs as <c>differences.md</c> says.</summary>
public class WorkflowScenarioTests(WorkflowScenarioTests.Run run) : IClassFixture<WorkflowScenarioTests.Run>
{
    public static TheoryData<string> Names => [.. WorkflowRecording.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public Task Replays(string name) => run.Report.JudgeAsync(name, () => WorkflowReplay.RunAsync(WorkflowRecording.All[name]));

    [Fact]
    public void Every_listed_difference_is_about_a_scenario_that_is_played() =>
        DifferenceList.All.Keys.Where(name => name.StartsWith(WorkflowRecording.Folder + "/", StringComparison.Ordinal)).Except(WorkflowRecording.All.Keys).Should().BeEmpty();

    /// <summary>Writes the report when all have been played.</summary>
    public sealed class Run : IDisposable
    {
        internal Report Report { get; } = new();

        public void Dispose() => Report.Write("conformance-workflow.md");
    }
}
