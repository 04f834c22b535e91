namespace Resort.Sidecar.Components;

/// <summary>
/// Reads the resources of one app from its resource paths: <c>*.yaml</c> and <c>*.yml</c>, not below sub-folders. Kinds that are not Dapr's
/// are passed over. Unlike daprd, what cannot be read or is not known ends the start, with file and line.
/// </summary>
internal static class ResourceLoader
{
    private static readonly string[] kinds = ["Component", "Subscription", "Resiliency", "HTTPEndpoint", "Configuration", "MCPServer", "WorkflowAccessPolicy"];

    /// <exception cref="ResourceException">A path is missing, or a resource is wrong.</exception>
    public static ResourceSet Load(IEnumerable<string> paths, string appId)
    {
        List<Component> components = [];
        List<Subscription> subscriptions = [];
        List<Resource> resiliencies = [], endpoints = [];
        foreach (var (number, document) in paths.SelectMany(Files).SelectMany(file => YamlFile.Load(file).Index()))
            switch (Kind(document))
            {
                case "Component": components.Add(ResourceReader.Component(document)); break;
                case "Subscription": subscriptions.Add(SubscriptionReader.Read(document)); break;
                case "Resiliency" when number > 0: throw new ResourceException(document.Location, "a Resiliency must be the first document of its file: daprd does not look at others");
                case "Resiliency": resiliencies.Add(ResourceReader.Resource(document)); break;
                case "HTTPEndpoint": endpoints.Add(ResourceReader.Resource(document)); break;
            }
        RefuseEqualNames(components);
        return new ResourceSet(
            [.. components.Where(c => InScope(c.Scopes, appId))], [.. subscriptions.Where(s => InScope(s.Scopes, appId))],
            [.. resiliencies.Where(r => InScope(r.Scopes, appId))], [.. endpoints.Where(e => InScope(e.Scopes, appId))]);
    }

    private static IEnumerable<string> Files(string path)
    {
        if (!Directory.Exists(path)) throw new ResourceException(null, $"resource path {path} is not a folder");
        return Directory.EnumerateFiles(path).Where(file => Path.GetExtension(file).ToLowerInvariant() is ".yaml" or ".yml").Order(StringComparer.Ordinal);
    }

    private static string? Kind(Fields document)
    {
        var kind = document.Text("kind");
        var apiVersion = document.Text("apiVersion");
        if (kinds.FirstOrDefault(known => known.Equals(kind, StringComparison.OrdinalIgnoreCase)) is not { } known) return null;
        if (kind != known) throw document.Wrong("kind", known);
        var versions = known == "Subscription" ? new[] { "dapr.io/v1alpha1", "dapr.io/v2alpha1" } : ["dapr.io/v1alpha1"];
        if (!versions.Contains(apiVersion)) throw document.Wrong("apiVersion", string.Join(" or ", versions));
        return known;
    }

    private static bool InScope(IReadOnlyList<string> scopes, string appId) => scopes.Count == 0 || scopes.Contains(appId);

    /// <summary>Two components of one name are refused even if one of them is out of scope, as daprd does.</summary>
    private static void RefuseEqualNames(List<Component> components)
    {
        foreach (var same in components.GroupBy(component => component.Name).Where(group => group.Count() > 1))
            throw new ResourceException(same.ElementAt(1).Location, $"component `{same.Key}` is already defined at {same.First().Location}");
    }
}
