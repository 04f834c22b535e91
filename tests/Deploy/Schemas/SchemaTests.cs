using System.Text.Json.Nodes;
using Resort.Tests.Deploy.Manifests;
using Resort.Tests.Harness.Servers;
using Xunit.Abstractions;

namespace Resort.Tests.Deploy.Schemas;

/// <summary>Every object is what the API of Kubernetes 1.33, or Dapr's custom resources, ask for.</summary>
public sealed class SchemaTests(ITestOutputHelper output)
{
    [OverlayTheory("npm"), Overlays]
    public async Task Every_object_of_an_overlay_is_valid(string overlay)
    {
        var objects = (await Overlay.RenderAsync(overlay)).Objects;
        foreach (var kind in objects.CountBy(it => it.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal)) output.WriteLine($"{kind.Value,3} {kind.Key}");
        output.WriteLine($"{objects.Count,3} objects");
        (await TypeCheck.ErrorsAsync(objects.Select(it => Typed(it.ToString(), it.Root)))).Should().BeEmpty();
    }

    [ServerFact("npm")]
    public async Task A_wrong_field_or_word_and_a_field_that_is_missing_are_found()
    {
        string[] wrong =
        [
            """{ "apiVersion": "v1", "kind": "ServiceAccount", "metadata": { "name": "a" }, "automountToken": false }""",
            """{ "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": { "name": "b" }, "spec": { "podSelector": {}, "policyTypes": "Ingress" } }""",
            """{ "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "c" }, "spec": { "selector": {} } }""",
            """{ "apiVersion": "dapr.io/v1alpha1", "kind": "Component", "metadata": { "name": "d" }, "spec": { "type": "state.redis", "metadata": [] } }""",
            """{ "apiVersion": "dapr.io/v1alpha1", "kind": "Configuration", "metadata": { "name": "e" }, "spec": { "accessControl": { "defaultAction": "refuse" } } }""",
            """{ "apiVersion": "dapr.io/v1alpha1", "kind": "Resiliency", "metadata": { "name": "f" }, "spec": { "targets": {} } }""",
        ];
        var errors = await TypeCheck.ErrorsAsync(wrong.Select(text => JsonNode.Parse(text)!).Select(root => Typed(new Manifest(root).Name, root)));
        errors.Select(error => error.Split(':')[0]).Distinct().Should().Equal("a", "b", "c", "d", "e", "f");
    }

    /// <summary>The types of Kubernetes lie in a module each, by group and version.</summary>
    private static (string Name, string Module, string Type, JsonNode Value) Typed(string name, JsonNode root)
    {
        var it = new Manifest(root);
        return it.ApiVersion.StartsWith("dapr.io/", StringComparison.Ordinal) ? (name, "./dapr", it.Kind, root) : (name, $"kubernetes-models/{it.ApiVersion}/{it.Kind}", $"I{it.Kind}", root);
    }
}
