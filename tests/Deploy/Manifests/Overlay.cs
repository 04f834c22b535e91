using System.Collections.Concurrent;
using Resort.Tests.Harness;

namespace Resort.Tests.Deploy.Manifests;

/// <summary>An overlay as <c>kubectl kustomize</c> renders it.</summary>
internal sealed class Overlay
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Overlay>>> rendered = new();

    private Overlay(string name, IReadOnlyList<Manifest> objects) => (Name, Objects) = (name, objects);

    public static IReadOnlyList<string> Names { get; } = [.. Directory.GetDirectories(Repository.PathOf("k8s/overlays")).Select(folder => Path.GetFileName(folder)!).Order()];

    public string Name { get; }
    public IReadOnlyList<Manifest> Objects { get; }

    /// <summary>The component set that stands behind it.</summary>
    public string ComponentSet => Name == "production" ? "kafka" : "redis";

    /// <summary>The apps, by app id.</summary>
    public IReadOnlyDictionary<string, Manifest> Apps => Of("Deployment").ToDictionary(app => app.Annotations["dapr.io/app-id"]);

    public IEnumerable<Manifest> Workloads => Objects.Where(it => it.Kind is "Deployment" or "StatefulSet");

    public IEnumerable<Manifest> Of(string kind) => Objects.Where(it => it.Kind == kind);

    public Manifest Single(string kind, string name) => Of(kind).Should().ContainSingle(it => it.Name == name).Subject;

    /// <summary>All tests share one rendering.</summary>
    public static Task<Overlay> RenderAsync(string name) => rendered.GetOrAdd(name, _ => new(() => RenderOnceAsync(name))).Value;

    private static async Task<Overlay> RenderOnceAsync(string name)
    {
        var text = await Command.OutputAsync(Repository.Root, "kubectl", "kustomize", $"k8s/overlays/{name}");
        return new Overlay(name, [.. Yaml.Read(text).Select(root => new Manifest(root))]);
    }
}
