using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Deploy;

/// <summary><c>make deploy</c>, <c>deployed</c> and <c>rollback</c> with a cluster that only writes down what it is given.</summary>
public sealed class ReleaseTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("release-").FullName;

    public ReleaseTests()
    {
        var kubectl = Path.Combine(folder, "kubectl");
        File.WriteAllText(kubectl, $"""
            #!/usr/bin/env bash
            case "$1" in
              kustomize) exec {ServerProgram.Find("kubectl")} "$@" ;;
              apply) cat > {folder}/applied ;;
              -n) [ "$3" = get ] && echo 'registry.example:5000/resort/gateway:1.2.3' ;;
            esac
            echo "$*" >> {folder}/calls
            """);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(kubectl, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [ServerFact("kubectl")]
    public async Task A_version_is_applied_with_its_images_and_waited_for()
    {
        await MakeAsync("deploy", "OVERLAY=production", "TAG=1.2.3", "REGISTRY=registry.example:5000");

        Applied().Should().Contain("image: registry.example:5000/resort/gateway:1.2.3").And.NotContain("image: resort/");
        Calls().Should().Equal("apply --server-side -f -", "-n resort rollout status deployment --timeout=10m");
    }

    [ServerFact("kubectl")]
    public async Task What_the_cluster_has_is_told_by_its_version() => (await MakeAsync("deployed")).Should().Be("1.2.3\n");

    [ServerFact("kubectl", "git")]
    public async Task A_rollback_deploys_the_manifests_of_the_earlier_version()
    {
        var commit = (await Command.OutputAsync(Repository.Root, "git", "rev-list", "--max-count=1", "HEAD", "--", "k8s")).Trim();

        await MakeAsync("rollback", $"TAG={commit}");

        Applied().Should().Contain($"image: resort/gateway:{commit}");
        Calls().Should().HaveCount(2);
    }

    private async Task<string> MakeAsync(params string[] arguments)
    {
        var (code, output, errors) = await Command.RunAsync(Repository.Root, "make", ["-s", .. arguments], new Dictionary<string, string> { ["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}" });
        code.Should().Be(0, errors);
        return output;
    }

    private string Applied() => File.ReadAllText(Path.Combine(folder, "applied"));

    private string[] Calls() => File.ReadAllLines(Path.Combine(folder, "calls"));
}
