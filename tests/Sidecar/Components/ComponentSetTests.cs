using System.Text.RegularExpressions;
using Resort.Sidecar.Components;
using Resort.Tests.Harness;

namespace Resort.Tests.Sidecar.Components;

/// <summary>The sets below <c>components/</c>, of which each can take the place of another.</summary>
public sealed partial class ComponentSetTests
{
    public static TheoryData<string> Sets => [.. Directory.GetDirectories(Repository.PathOf("components")).Select(folder => Path.GetFileName(folder)).Where(set => set is not ("shared" or "embedded")).Order()];

    [Theory, MemberData(nameof(Sets))]
    public void Every_set_has_the_components_of_the_embedded_one_with_their_scopes(string set) => Names(set).Should().Equal(Names("embedded"));

    [Theory]
    [InlineData("pubsub", "pubsub.yaml:6: the embedded sidecar has no pubsub.kafka; run this on daprd, or use ")]
    [InlineData("issue-store", "issue-store.yaml:6: the embedded sidecar has no state.mongodb; run this on daprd, or use ")]
    public async Task The_set_for_production_is_refused_with_the_advice_to_run_daprd(string component, string expected)
    {
        await using var fixture = new SidecarFixture();
        var only = Directory.CreateDirectory(Path.Combine(fixture.Folder, component)).FullName;
        foreach (var file in new[] { component, "secrets" }) File.Copy(Repository.PathOf($"components/kafka/{file}.yaml"), Path.Combine(only, $"{file}.yaml"));

        var start = () => fixture.StartAsync("issue", options: options => options with { ResourcesPaths = [only] });

        (await start.Should().ThrowAsync<ResourceException>()).Which.Message.Should().Contain(expected);
    }

    private static IEnumerable<string> Names(string set) => Directory.GetFiles(Repository.PathOf($"components/{set}"), "*.yaml").Order().Select(file =>
        string.Join(' ', Name().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value)));

    [GeneratedRegex(@"^metadata:\n  name: (?<name>\S+)|^scopes:\n  - (?<name>\S+)", RegexOptions.Multiline)]
    private static partial Regex Name();
}
