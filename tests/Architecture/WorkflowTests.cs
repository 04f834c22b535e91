namespace Resort.Tests.Architecture;

/// <summary>Workflow code is replayed; the analyzer forbids what would differ from run to run, and these tests that the analyzer is really on.</summary>
public class WorkflowTests
{
    [Fact]
    public void Workflows_stand_in_files_that_say_so() =>
        Repository.Files("workflows", ".cs").Where(file => File.ReadAllText(file).Contains(": Workflow<", StringComparison.Ordinal))
            .Should().NotBeEmpty().And.OnlyContain(file => file.EndsWith(".workflow.cs", StringComparison.Ordinal));

    [Fact]
    public void Clock_randomness_and_waiting_are_banned_in_workflows_and_services()
    {
        File.ReadAllText(Repository.PathOf("workflows/Workflows.csproj")).Should().Contain("BannedSymbols.txt").And.Contain("BannedSymbols.Workflows.txt");
        File.ReadAllText(Repository.PathOf("services/Directory.Build.props")).Should().Contain("BannedSymbols.txt");
    }
}
