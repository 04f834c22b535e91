using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Resort.Contracts;
using Resort.Tests.Deploy.Manifests;
using Resort.Tests.Harness;

namespace Resort.Tests.Deploy;

/// <summary>How pods run: probed, limited, without rights, from images of a release, and stopped without breaking what they do.</summary>
public sealed class WorkloadTests
{
    /// <summary>.NET's default for <c>HostOptions.ShutdownTimeout</c>, which no service changes.</summary>
    private const int ShutdownSeconds = 30;

    /// <summary>So long a cluster's DNS lets an answer be kept.</summary>
    private const int DnsSeconds = 5;

    private static readonly string version = XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;

    [OverlayTheory, Overlays]
    public async Task There_is_a_deployment_of_every_app(string name) =>
        (await Overlay.RenderAsync(name)).Apps.Keys.Should().BeEquivalentTo(Apps.All);

    [OverlayTheory, Overlays]
    public async Task Every_container_is_probed_at_its_start_for_readiness_and_for_life(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        foreach (var container in overlay.Workloads.SelectMany(it => it.Containers))
            foreach (var probe in new[] { "startupProbe", "readinessProbe", "livenessProbe" })
                container[probe].Should().NotBeNull($"{container["name"]} needs a {probe}");
        foreach (var container in overlay.Apps.Values.Select(app => app.Containers.Single()))
        {
            Path(container, "startupProbe").Should().Be("/health/live");
            Path(container, "livenessProbe").Should().Be("/health/live", "a missing sidecar is no reason to restart the app");
            Path(container, "readinessProbe").Should().Be("/health/ready");
            container.Each("ports").Select(port => port["name"]!.ToString()).Should().Contain(container.At("readinessProbe.httpGet.port")!.ToString());
        }
    }

    [OverlayTheory, Overlays]
    public async Task Every_image_is_of_a_release(string name)
    {
        foreach (var image in (await Overlay.RenderAsync(name)).Workloads.SelectMany(it => it.Containers).Select(container => container["image"]!.ToString()))
        {
            image.Should().MatchRegex(@"^[\w./-]+:\d+\.\d+\.\d+[\w.-]*$").And.NotContain("latest");
            if (image.StartsWith("resort/", StringComparison.Ordinal)) image.Should().EndWith($":{version}");
        }
    }

    [OverlayTheory, Overlays]
    public async Task Every_container_has_limits_and_no_rights(string name)
    {
        foreach (var workload in (await Overlay.RenderAsync(name)).Workloads)
        {
            workload.Pod.At("automountServiceAccountToken")!.GetValue<bool>().Should().BeFalse(workload.ToString());
            workload.Pod.At("securityContext.runAsNonRoot")!.GetValue<bool>().Should().BeTrue(workload.ToString());
            workload.Pod.At("securityContext.seccompProfile.type")!.ToString().Should().Be("RuntimeDefault", workload.ToString());
            foreach (var container in workload.Containers)
            {
                container.At("securityContext.readOnlyRootFilesystem")!.GetValue<bool>().Should().BeTrue(workload.ToString());
                container.At("securityContext.allowPrivilegeEscalation")!.GetValue<bool>().Should().BeFalse(workload.ToString());
                container.Each("securityContext.capabilities.drop").Select(it => it.ToString()).Should().Equal("ALL");
                foreach (var amount in new[] { "requests.cpu", "requests.memory", "limits.cpu", "limits.memory" }) container.At($"resources.{amount}").Should().NotBeNull($"{workload} has no {amount}");
            }
        }
    }

    [OverlayTheory, Overlays]
    public async Task A_stop_leaves_app_and_sidecar_the_time_they_need(string name)
    {
        foreach (var (id, app) in (await Overlay.RenderAsync(name)).Apps)
        {
            var before = app.Containers.Single().At("lifecycle.preStop.sleep.seconds")!.GetValue<long>();
            var blocked = Number(app.Annotations["dapr.io/block-shutdown-duration"].TrimEnd('s'));
            var seen = Number(app.Annotations["dapr.io/app-health-threshold"]) * Number(app.Annotations["dapr.io/app-health-probe-interval"]);
            before.Should().BeGreaterThan(DnsSeconds, $"{id} is called by who has asked for its address before the stop");
            blocked.Should().BeGreaterThanOrEqualTo(before + ShutdownSeconds, $"the sidecar of {id} serves its app to the end");
            app.Pod["terminationGracePeriodSeconds"]!.GetValue<long>().Should().BeGreaterThanOrEqualTo(
                Math.Max(blocked, before + ShutdownSeconds + seen) + Number(app.Annotations["dapr.io/graceful-shutdown-seconds"]), $"{id} is not to be killed");
        }
    }

    [OverlayTheory, Overlays]
    public async Task What_a_booking_cannot_be_made_without_goes_first(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var first = overlay.Of("PriorityClass").Should().ContainSingle().Subject;
        overlay.Apps.Where(app => app.Value.Pod["priorityClassName"]?.ToString() == first.Name).Select(app => app.Key).Should().BeEquivalentTo([Apps.Gateway, Apps.Reservation, Apps.Payment]);
    }

    [OverlayTheory, Overlays]
    public async Task A_new_release_takes_no_pod_away_before_its_successor_is_ready_unless_both_cannot_have_the_same_file(string name)
    {
        foreach (var (id, app) in (await Overlay.RenderAsync(name)).Apps)
            if (app.Pod.Each("volumes").Any(volume => volume["persistentVolumeClaim"] is not null)) app.Text("spec.strategy.type").Should().Be("Recreate", id);
            else app.Text("spec.strategy.rollingUpdate.maxUnavailable").Should().Be("0", id);
    }

    [OverlayTheory, Overlays]
    public async Task Services_budgets_and_autoscalers_point_at_pods_that_exist(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        foreach (var service in overlay.Of("Service"))
        {
            var workload = overlay.Workloads.Should().ContainSingle(it => Selector.Matches(service.At("spec.selector"), it.PodLabels), service.ToString()).Subject;
            workload.Containers.SelectMany(container => container.Each("ports")).Select(port => port["name"]!.ToString()).Should().Contain(service.Each("spec.ports").Single()["targetPort"]!.ToString());
        }
        foreach (var budget in overlay.Of("PodDisruptionBudget")) overlay.Workloads.Should().ContainSingle(it => Selector.Matches(budget.At("spec.selector.matchLabels"), it.PodLabels));
        foreach (var scaler in overlay.Of("HorizontalPodAutoscaler"))
        {
            var app = overlay.Single("Deployment", scaler.Text("spec.scaleTargetRef.name")!);
            app.At("spec.replicas").Should().BeNull("a number here would undo what the autoscaler has done");
            app.Containers.Select(container => container["name"]!.ToString()).Should().Contain(scaler.Each("spec.metrics").Single().At("containerResource.container")!.ToString());
        }
    }

    private static string? Path(JsonNode container, string probe) => container.At($"{probe}.httpGet.path")?.ToString();

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
