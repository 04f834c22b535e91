using System.Text.RegularExpressions;
using Resort.Tests.Deploy.Manifests;
using Resort.Tests.Harness;

namespace Resort.Tests.Deploy;

/// <summary>The pipeline calls what is here, with actions of a fixed version and no more rights than it needs.</summary>
public sealed partial class PipelineTests
{
    public static TheoryData<string> Workflows => [.. Directory.GetFiles(Repository.PathOf(".github/workflows"), "*.yaml").Select(file => Path.GetFileName(file))];

    [Theory, MemberData(nameof(Workflows))]
    public async Task Every_step_is_a_make_target_that_exists_or_an_action_of_a_fixed_version(string file)
    {
        var targets = await Command.OutputAsync(Repository.Root, "make", "-s", "help");
        var root = Yaml.ReadFile(Repository.PathOf($".github/workflows/{file}"));
        root["permissions"].Should().NotBeNull("what is not said is allowed");
        foreach (var (name, job) in root["jobs"]!.AsObject())
        {
            if (job!["needs"] is { } needs) root["jobs"]!.AsObject().Select(it => it.Key).Should().Contain(needs is System.Text.Json.Nodes.JsonArray all ? all.Select(it => it!.ToString()) : [needs.ToString()], name);
            foreach (var step in job.Each("steps"))
            {
                if (step["uses"] is { } action) action.ToString().Should().MatchRegex(@"^[\w-]+/[\w/.-]+@v\d", name);
                else step["run"].Should().NotBeNull(name);
                foreach (Match target in MakeTarget().Matches(step["run"]?.ToString() ?? "")) targets.Should().MatchRegex($@"(?m)^{target.Groups["name"].Value}\s", name);
            }
        }
    }

    [GeneratedRegex(@"\bmake (?<name>[a-z-]+)")]
    private static partial Regex MakeTarget();
}
