using System.Text.Json.Nodes;
using Resort.Contracts;
using Resort.Tests.Deploy.Manifests;
using Resort.Tests.Harness;

namespace Resort.Tests.Deploy;

/// <summary>A cluster's Dapr is that of <c>dapr run -f .</c>: same apps, components and policies, tightened and with the cluster's addresses.</summary>
public sealed class DaprTests
{
    private static readonly JsonNode template = Yaml.ReadFile(Repository.PathOf("dapr.yaml"));

    [Fact]
    public void The_run_template_has_the_apps_of_the_contracts() =>
        template.Each("apps").Select(app => app["appID"]!.ToString()).Should().BeEquivalentTo(Apps.All);

    [OverlayTheory, Overlays]
    public async Task Sidecars_are_set_up_as_in_the_run_template(string name)
    {
        var (overlay, common) = (await Overlay.RenderAsync(name), template["common"]!);
        foreach (var (id, app) in overlay.Apps)
        {
            var run = template.Each("apps").Single(it => it["appID"]!.ToString() == id);
            app.Name.Should().Be(id);
            $"../../configuration/{app.Annotations["dapr.io/config"]}.yaml".Should().Be(run["configFilePath"]!.ToString());
            app.Annotations["dapr.io/app-port"].Should().Be(app.Containers.Single().Each("ports").Single()["containerPort"]!.ToString()).And.Be("8080");
            foreach (var (annotation, field) in new[]
                     {
                         ("enable-app-health-check", "enableAppHealthCheck"), ("app-health-check-path", "appHealthCheckPath"), ("app-health-probe-interval", "appHealthProbeInterval"),
                         ("app-health-probe-timeout", "appHealthProbeTimeout"), ("app-health-threshold", "appHealthThreshold"),
                     })
                app.Annotations[$"dapr.io/{annotation}"].Should().Be(common[field]!.ToString(), $"{id}: {annotation}");
        }
    }

    [OverlayTheory, Overlays]
    public async Task Policies_are_those_of_the_repository_with_strangers_refused(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        overlay.Of("Configuration").Select(it => it.Name).Should().BeEquivalentTo(Apps.All);
        foreach (var configuration in overlay.Of("Configuration"))
        {
            var expected = Yaml.ReadFile(Repository.PathOf($"configuration/{configuration.Name}.yaml"));
            var access = expected.At("spec.accessControl")!.AsObject();
            access["defaultAction"] = "deny";
            foreach (var policy in access["policies"]!.AsArray()) policy!["namespace"] = overlay.Of("Namespace").Single().Name;
            Same(configuration.At("spec.accessControl"), access, configuration.Name);
            expected.At("spec.metrics")!["enabled"] = true; // daprd's default, which the resource wants to be said
            foreach (var part in new[] { "spec.secrets", "spec.workflow", "spec.metrics" }) Same(configuration.At(part), expected.At(part), configuration.Name);
        }
    }

    [OverlayTheory, Overlays]
    public async Task Components_are_those_of_the_set_with_the_clusters_addresses(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var files = new[] { "shared", overlay.ComponentSet }.SelectMany(set => Directory.GetFiles(Repository.PathOf($"components/{set}"), "*.yaml")).Select(Yaml.ReadFile).Select(root => new Manifest(root)).ToList();
        var addresses = Manifest.Texts(overlay.Single("ConfigMap", "infrastructure").At("data")).Values;
        overlay.Objects.Where(it => it.Kind is "Component" or "Resiliency").Select(it => it.ToString()).Should().BeEquivalentTo(files.Select(it => it.ToString()));
        foreach (var file in files)
        {
            var rendered = overlay.Single(file.Kind, file.Name);
            foreach (var (given, value) in rendered.Each("spec.metadata").Zip(file.Each("spec.metadata")))
                if (addresses.Contains(given["value"]?.ToString())) value["value"] = given["value"]!.DeepClone();
            foreach (var part in new[] { "spec", "auth", "scopes" }) Same(rendered.At(part), file.At(part), file.ToString());
        }
        overlay.Objects.Where(it => it.Kind is "Component").Select(it => it.Root.ToJsonString()).Should().NotContain(text => text.Contains("localhost"), "a pod is alone on its localhost");
        overlay.Of("Component").SelectMany(it => it.Each("spec.metadata")).Select(it => it["value"]?.ToString()).Should().Contain(addresses, "each address is used");
    }

    [OverlayTheory, Overlays]
    public async Task Every_component_of_the_contracts_is_there_and_in_the_scope_of_apps_that_exist(string name)
    {
        var components = (await Overlay.RenderAsync(name)).Of("Component").ToList();
        components.Select(it => it.Name).Should().BeEquivalentTo(typeof(Components).GetFields().Select(field => (string)field.GetRawConstantValue()!));
        components.SelectMany(it => it.Each("scopes")).Select(scope => scope.ToString()).Should().BeSubsetOf(Apps.All);
    }

    [OverlayTheory, Overlays]
    public async Task View_has_one_pod_as_long_as_its_database_is_a_file(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var view = overlay.Apps[Apps.View];
        var database = view.Containers.Single().Each("env").Single(it => it["name"]!.ToString() == "ConnectionStrings__View");
        if (database["value"] is not { } text)
        {
            database.At("valueFrom.secretKeyRef").Should().NotBeNull();
            return;
        }
        text.ToString().Should().StartWith("Data Source=");
        view.Text("spec.replicas").Should().Be("1");
        overlay.Of("HorizontalPodAutoscaler").Should().NotContain(it => it.Name == Apps.View);
        var volumes = view.Pod.Each("volumes").Select(it => it.At("persistentVolumeClaim.claimName")).OfType<JsonNode>().Select(claim => overlay.Single("PersistentVolumeClaim", claim.ToString()));
        volumes.Should().ContainSingle().Which.Each("spec.accessModes").Select(it => it.ToString()).Should().Equal("ReadWriteOncePod");
    }

    private static void Same(JsonNode? actual, JsonNode? expected, string of) =>
        JsonNode.DeepEquals(actual, expected).Should().BeTrue($"{of} is to be {expected?.ToJsonString()}, and is {actual?.ToJsonString()}");
}
