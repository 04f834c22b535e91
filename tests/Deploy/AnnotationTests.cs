using System.Text.RegularExpressions;
using Resort.Tests.Deploy.Manifests;

namespace Resort.Tests.Deploy;

/// <summary>
/// Dapr's injector takes no notice of an annotation that it does not know, nor of a value that it cannot read; so both are looked for here, by the
/// names and types that it has in 1.18.
/// </summary>
public sealed partial class AnnotationTests
{
    private static readonly Dictionary<string, Regex> known = new()
    {
        ["app-id"] = Name(),
        ["app-port"] = Number(),
        ["config"] = Name(),
        ["enabled"] = Switch(),
        ["api-token-secret"] = Name(),
        ["app-token-secret"] = Name(),
        ["disable-builtin-k8s-secret-store"] = Switch(),
        ["env-from-secret"] = SecretVariables(),
        ["enable-app-health-check"] = Switch(),
        ["app-health-check-path"] = Path(),
        ["app-health-probe-interval"] = Number(),
        ["app-health-probe-timeout"] = Number(),
        ["app-health-threshold"] = Number(),
        ["block-shutdown-duration"] = Duration(),
        ["graceful-shutdown-seconds"] = Number(),
        ["log-as-json"] = Switch(),
        ["sidecar-cpu-request"] = Amount(),
        ["sidecar-cpu-limit"] = Amount(),
        ["sidecar-memory-request"] = Amount(),
        ["sidecar-memory-limit"] = Amount(),
        ["sidecar-seccomp-profile-type"] = Profile(),
        ["volume-mounts-rw"] = Mounts(),
    };

    [OverlayTheory, Overlays]
    public async Task Every_annotation_is_one_that_the_injector_reads(string name)
    {
        foreach (var (id, app) in (await Overlay.RenderAsync(name)).Apps)
            foreach (var (annotation, value) in app.Annotations)
            {
                annotation.Should().StartWith("dapr.io/", id);
                known.Should().ContainKey(annotation["dapr.io/".Length..], id);
                value.Should().MatchRegex(known[annotation["dapr.io/".Length..]], $"{id}: {annotation}");
            }
    }

    [OverlayTheory, Overlays]
    public async Task A_volume_that_a_sidecar_mounts_is_its_pods(string name)
    {
        foreach (var (id, app) in (await Overlay.RenderAsync(name)).Apps)
            foreach (var mount in app.Annotations.GetValueOrDefault("dapr.io/volume-mounts-rw", "").Split(',', StringSplitOptions.RemoveEmptyEntries))
                app.Pod.Each("volumes").Select(volume => volume["name"]!.ToString()).Should().Contain(mount.Split(':')[0], id);
    }

    [GeneratedRegex(@"^(true|false)$")]
    private static partial Regex Switch();

    [GeneratedRegex(@"^\d+$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^(\d+(ms|s|m|h))+$")]
    private static partial Regex Duration();

    [GeneratedRegex(@"^\d+(m|Mi|Gi)?$")]
    private static partial Regex Amount();

    [GeneratedRegex(@"^[a-z][a-z0-9-]*$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^/[\w/-]*$")]
    private static partial Regex Path();

    [GeneratedRegex(@"^[A-Z_]+=[a-z-]+:[a-z-]+(,[A-Z_]+=[a-z-]+:[a-z-]+)*$")]
    private static partial Regex SecretVariables();

    [GeneratedRegex(@"^[a-z-]+:/[\w/-]+(,[a-z-]+:/[\w/-]+)*$")]
    private static partial Regex Mounts();

    [GeneratedRegex(@"^(Unconfined|RuntimeDefault|Localhost)$")]
    private static partial Regex Profile();
}
