using System.Text.Json.Nodes;
using Resort.Tests.Deploy.Manifests;
using Resort.Tests.Deploy.Schemas;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Deploy;

/// <summary>tye.yaml names the apps of dapr.yaml.</summary>
public sealed class TyeTests
{
    private static readonly JsonNode tye = Yaml.ReadFile(Repository.PathOf("tye.yaml"));
    private static readonly JsonNode dapr = Yaml.ReadFile(Repository.PathOf("dapr.yaml"));

    [ServerFact("npm")]
    public async Task It_is_what_the_published_schema_asks_for() =>
        (await TypeCheck.ErrorsAsync([("tye.yaml", "./tye", "Tye", tye)])).Should().BeEmpty();

    [Fact]
    public void It_has_the_same_apps_with_the_same_ports_programs_and_configurations()
    {
        var (services, sidecars) = (tye.Each("services").ToList(), tye.Each("extensions").Single(it => it["name"]!.ToString() == "dapr").At("services")!);
        services.Select(service => service["name"]!.ToString()).Should().Equal(dapr.Each("apps").Select(app => app["appID"]!.ToString()));
        foreach (var (service, app) in services.Zip(dapr.Each("apps")))
        {
            var id = app["appID"]!.ToString();
            var sidecar = sidecars[id]!;
            var folder = service["workingDirectory"]?.ToString() ?? Path.GetDirectoryName(service["project"]!.ToString());
            new[] { Port(service.Each("bindings").Single()["port"]), Port(sidecar["http-port"]), Port(sidecar["grpc-port"]) }
                .Should().Equal([Port(app["appPort"]), Port(app["daprHTTPPort"]), Port(app["daprGRPCPort"])], id);
            (sidecar["app-id"]!.ToString(), folder, $"{sidecar["config"]}.yaml").Should().Be((id, app["appDirPath"]!.ToString(), app["configFilePath"]!.ToString()));
            if (service["executable"] is { } program) $"{program} {service["args"]}".Should().Be(string.Join(' ', app.Each("command").Select(word => word.ToString())));
            else File.Exists(Repository.PathOf(service["project"]!.ToString())).Should().BeTrue(id);
        }
    }

    private static string? Port(JsonNode? port) => port?.ToString();
}
