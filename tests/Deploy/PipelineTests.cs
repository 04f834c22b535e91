using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Resort.Contracts;
using Resort.Tests.Deploy.Manifests;
using Resort.Tests.Harness;

namespace Resort.Tests.Deploy;

/// <summary>The pipeline calls what is here, with actions of a fixed commit and no more rights than it needs.</summary>
public sealed partial class PipelineTests
{
    public static TheoryData<string> Workflows => [.. Directory.GetFiles(Repository.PathOf(".github/workflows"), "*.yaml").Select(file => Path.GetFileName(file))];

    [Theory, MemberData(nameof(Workflows))]
    public async Task Every_step_is_a_command_or_an_action_and_every_make_target_exists(string file)
    {
        var targets = await Command.OutputAsync(Repository.Root, "make", "-s", "help");
        var jobs = Read(file)["jobs"]!.AsObject();
        foreach (var (name, job) in jobs)
        {
            if (job!["needs"] is { } needs) jobs.Select(it => it.Key).Should().Contain(needs is JsonArray all ? all.Select(it => it!.ToString()) : [needs.ToString()], name);
            job["timeout-minutes"].Should().NotBeNull(name);
            foreach (var step in job.Each("steps"))
            {
                (step["uses"] ?? step["run"]).Should().NotBeNull(name);
                foreach (Match target in MakeTarget().Matches(step["run"]?.ToString() ?? "")) targets.Should().MatchRegex($@"(?m)^{target.Groups["name"].Value}\s", name);
            }
        }
    }

    [Theory, MemberData(nameof(Workflows))]
    public void Actions_are_fixed_to_a_commit_with_its_version_beside_it(string file)
    {
        var uses = File.ReadLines(Repository.PathOf($".github/workflows/{file}")).Where(line => line.Contains(" uses: ", StringComparison.Ordinal));
        uses.Should().NotBeEmpty().And.AllSatisfy(line => line.Should().MatchRegex(@" uses: [\w-]+/[\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", "a tag can be moved"));
    }

    [Theory, MemberData(nameof(Workflows))]
    public void Rights_to_write_and_secrets_are_had_only_where_no_stranger_changes_what_runs(string file)
    {
        var root = Read(file);
        (root["permissions"] ?? throw new InvalidDataException("what is not said is allowed")).AsObject().Should().NotContain(right => right.Value!.ToString() != "read");
        foreach (var (name, job) in root["jobs"]!.AsObject())
        {
            var writes = job!["permissions"] is { } own && own.AsObject().Any(right => right.Value!.ToString() == "write");
            if (writes) job["if"]!.ToString().Should().Be("github.event_name == 'push'", $"{name} must not run for the pull request of a fork");
            if (job.ToJsonString().Contains("secrets.", StringComparison.Ordinal)) job["environment"].Should().NotBeNull($"{name} waits for the approval that its environment asks for");
            foreach (var step in job.Each("steps")) step["run"]?.ToString().Should().NotMatchRegex(@"\$\{\{ *(inputs|github\.event|github\.head_ref)", $"{name}: what somebody has written becomes a variable, not a command");
        }
    }

    [Fact]
    public void Every_app_is_built_and_is_looked_at_before_it_is_deployed()
    {
        Read("ci.yaml").Each("jobs.images.strategy.matrix.image").Select(it => it.ToString()).Should().BeEquivalentTo(Apps.All);
        var verified = Read("deploy.yaml").Each("jobs.deploy.steps").Select(step => step["run"]?.ToString()).Single(run => run?.Contains("gh attestation verify", StringComparison.Ordinal) == true);
        ImagesOfLoop().Match(verified!).Groups["images"].Value.Split(' ').Should().BeEquivalentTo(Apps.All);
    }

    private static JsonNode Read(string file) => Yaml.ReadFile(Repository.PathOf($".github/workflows/{file}"));

    [GeneratedRegex(@"\bmake (-s )?(?<name>[a-z-]+)")]
    private static partial Regex MakeTarget();

    [GeneratedRegex(@"for image in (?<images>[a-z ]+);")]
    private static partial Regex ImagesOfLoop();
}
