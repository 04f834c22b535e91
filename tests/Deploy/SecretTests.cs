using System.Text.RegularExpressions;
using Resort.Tests.Deploy.Manifests;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Deploy;

/// <summary>Secrets are referred to, never written down.</summary>
public sealed partial class SecretTests
{
    [OverlayTheory, Overlays]
    public async Task No_overlay_has_a_secret_value(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        overlay.Of("Secret").Should().BeEmpty();
        var plain = overlay.Workloads.SelectMany(it => it.Containers).SelectMany(container => container.Each("env")).Where(it => it["value"] is not null)
            .Concat(overlay.Of("Component").SelectMany(it => it.Each("spec.metadata")).Where(it => it["value"] is not null));
        plain.Select(it => it["name"]!.ToString()).Where(it => SecretName().IsMatch(it)).Should().BeEmpty();
        plain.Select(it => it["value"]!.ToString()).Concat(overlay.Of("ConfigMap").SelectMany(it => Manifest.Texts(it.At("data")).Values))
            .Where(it => SecretInText().IsMatch(it)).Should().BeEmpty();
    }

    [OverlayTheory, Overlays]
    public async Task What_a_component_reads_from_its_sidecars_environment_comes_from_a_secret(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        foreach (var component in overlay.Of("Component"))
            foreach (var (app, pod) in overlay.Apps.Where(app => InScope(component, app.Key)))
                component.Each("spec.metadata").Select(Variable).OfType<string>().Should().BeSubsetOf(Given(pod), $"{app} has the component {component.Name}");
    }

    [ServerFact("kubectl")]
    public async Task The_generator_of_the_local_overlay_makes_every_secret_that_it_refers_to_and_never_the_same()
    {
        var script = Repository.PathOf("k8s/overlays/local/secrets");
        var (first, second) = (await Command.OutputAsync(Repository.Root, script), await Command.OutputAsync(Repository.Root, script));
        first.Should().NotBe(second);
        var made = Yaml.Read(first).Select(root => new Manifest(root)).SelectMany(secret => Manifest.Texts(secret.At("stringData")).Keys.Select(key => $"{secret.Name}:{key}"));
        made.Should().BeEquivalentTo(References(await Overlay.RenderAsync("local")).Distinct());
    }

    /// <summary>Everything of the form secret:key that the pods of an overlay need.</summary>
    private static IEnumerable<string> References(Overlay overlay) => overlay.Workloads.SelectMany(it =>
        it.Containers.SelectMany(container => container.Each("env")).Select(env => env.At("valueFrom.secretKeyRef")).OfType<System.Text.Json.Nodes.JsonNode>().Select(key => $"{key["name"]}:{key["key"]}")
            .Concat(it.Annotations.Where(annotation => annotation.Key is "dapr.io/api-token-secret" or "dapr.io/app-token-secret").Select(annotation => $"{annotation.Value}:token"))
            .Concat(FromSecrets(it).Select(pair => pair[1])));

    /// <summary>The variable behind a value; those that have a default beside them, or an optional use, are not asked for.</summary>
    private static string? Variable(System.Text.Json.Nodes.JsonNode value) => value["secretKeyRef"] is { } secret ? $"RESORT_SECRET_{secret["name"]}"
        : value["envRef"]?.ToString() is { } variable && SecretName().IsMatch(variable) ? variable : null;

    private static IEnumerable<string> Given(Manifest pod) => FromSecrets(pod).Select(pair => pair[0]);

    private static IEnumerable<string[]> FromSecrets(Manifest pod) =>
        pod.Annotations.GetValueOrDefault("dapr.io/env-from-secret", "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='));

    private static bool InScope(Manifest component, string app) => component.Root["scopes"] is not { } scopes || scopes.AsArray().Any(scope => scope!.ToString() == app);

    [GeneratedRegex("password|secret|token|credential|privatekey", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"password\s*=|://[^/\s]*:[^/\s]*@|-----BEGIN", RegexOptions.IgnoreCase)]
    private static partial Regex SecretInText();
}
