using Resort.Contracts;
using Resort.Tests.Deploy.Manifests;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Deploy;

/// <summary>The images that are made are those that the manifests name. Nothing here builds one: their bases are in a registry.</summary>
public sealed class ImageTests
{
    private static readonly IEnumerable<string> onDotnet = Apps.All.Except([Apps.Notification]);

    [ServerFact("kubectl")]
    public async Task A_service_becomes_the_image_that_the_manifests_name_without_a_shell()
    {
        var made = Yaml.Read(await Command.OutputAsync(Folder(Apps.Payment), "dotnet", "msbuild", "-getProperty:ContainerRepository,ContainerImageTag,ContainerFamily")).Single()["Properties"]!;
        made["ContainerFamily"]!.ToString().Should().Be("noble-chiseled");
        (await Overlay.RenderAsync("local")).Apps[Apps.Payment].Containers.Single()["image"]!.ToString().Should().Be($"{made["ContainerRepository"]}:{made["ContainerImageTag"]}");
    }

    [Fact]
    public void What_is_said_of_one_service_is_said_of_all() =>
        onDotnet.SelectMany(app => Directory.GetFiles(Folder(app), "*.csproj")).Should().HaveCount(onDotnet.Count())
            .And.OnlyContain(project => !File.ReadAllText(project).Contains("<Container"));

    [Fact]
    public void Notification_has_an_image_of_fixed_bases_the_last_without_shell_and_root()
    {
        var bases = File.ReadLines(Path.Combine(Folder(Apps.Notification), "Dockerfile")).Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]).ToList();
        bases.Should().OnlyContain(image => image.Contains(':') && !image.EndsWith(":latest"));
        bases[^1].Should().Contain("distroless").And.EndWith(":nonroot");
    }

    private static string Folder(string app) => Repository.PathOf($"services/{char.ToUpperInvariant(app[0])}{app[1..]}");
}
