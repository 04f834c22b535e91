using System.Xml.Linq;

namespace Resort.Tests.Architecture;

/// <summary>Which project may refer to which; the official Dapr packages replace <c>sdk/</c> without any other change.</summary>
public class DependencyTests
{
    private static readonly Dictionary<string, string[]> allowed = new()
    {
        ["services/Contracts"] = [],
        ["services/Defaults"] = ["services/Contracts"],
        ["services/Gateway"] = ["services/Defaults", "services/Contracts"],
        ["services/Reservation"] = ["services/Defaults", "services/Contracts", "workflows"],
        ["services/Payment"] = ["services/Defaults", "services/Contracts"],
        ["services/Issue"] = ["services/Defaults", "services/Contracts"],
        ["services/Points"] = ["services/Defaults", "services/Contracts"],
        ["services/View"] = ["services/Defaults", "services/Contracts"],
        ["workflows"] = ["services/Contracts"],
        ["sdk/Dapr.Client"] = [],
        ["sdk/Dapr.AspNetCore"] = ["sdk/Dapr.Client"],
        ["sdk/Dapr.Extensions.Configuration"] = ["sdk/Dapr.Client"],
        ["sdk/Dapr.Workflow"] = ["sdk/Dapr.Client"],
        ["sidecar"] = [],
    };

    public static TheoryData<string> Projects => [.. allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_what_lies_below_it(string folder)
    {
        var project = Directory.GetFiles(Repository.PathOf(folder), "*.csproj").Should().ContainSingle().Subject;
        var references = XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Repository.Relative(Path.GetFullPath(Path.GetDirectoryName((string)reference.Attribute("Include")!)!, Path.GetDirectoryName(project)!)));
        references.Should().BeSubsetOf(allowed[folder]);
    }

    [Fact]
    public void Every_project_outside_tests_has_a_rule() =>
        Repository.Files("services", ".csproj").Concat(Repository.Files("workflows", ".csproj")).Concat(Repository.Files("sdk", ".csproj")).Concat(Repository.Files("sidecar", ".csproj"))
            .Select(file => Repository.Relative(Path.GetDirectoryName(file)!)).Should().BeSubsetOf(allowed.Keys);

    [Fact]
    public void Services_and_workflows_reach_Dapr_only_through_the_switch() =>
        Repository.Files("services", ".csproj").Concat(Repository.Files("workflows", ".csproj"))
            .Where(file => File.ReadAllText(file).Contains("sdk/", StringComparison.Ordinal))
            .Should().BeEmpty("they list <DaprPackage Include=\"…\" />, which Directory.Build.targets turns into a project or a package");
}
