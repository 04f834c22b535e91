namespace Resort.Sidecar.Components;

/// <summary>Leaves out the components whose type a Configuration denies (<c>spec.components.deny</c>); daprd too only logs that.</summary>
internal static partial class DeniedComponents
{
    public static ResourceSet Without(ResourceSet resources, IReadOnlyList<string> denied, ILogger log)
    {
        if (denied.Count == 0) return resources;
        var kept = new List<Component>();
        foreach (var component in resources.Components)
            if (denied.Contains(component.Type) || denied.Contains($"{component.Type}/{Version(component)}")) LogDenied(log, component.Name, component.Type, Version(component));
            else kept.Add(component);
        return resources with { Components = kept };
    }

    private static string Version(Component component) => component.Version is { Length: > 0 } version ? version : "v1";

    [LoggerMessage(1, LogLevel.Warning, "component '{Name}' cannot be loaded because components of type '{Name} ({Type}/{Version})' are not allowed")]
    private static partial void LogDenied(ILogger log, string name, string type, string version);
}
