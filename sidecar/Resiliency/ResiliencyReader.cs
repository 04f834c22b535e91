using Resort.Sidecar.Components;

namespace Resort.Sidecar.Resiliency;

/// <summary>
/// Reads the Resiliency resources of a sidecar. They count together: policies and targets may be in different files, and of two policies or
/// targets of one name the later one counts. A target that names a policy which does not exist is refused.
/// </summary>
internal static class ResiliencyReader
{
    private const int Methods = 100;

    /// <exception cref="ResourceException">A field is unknown or its value is not what it should be.</exception>
    public static ResiliencySettings Read(IReadOnlyList<Resource> resources)
    {
        var settings = new ResiliencySettings();
        foreach (var resource in resources)
            if (resource.Spec.Map("policies") is { } policies) PolicyReader.Read(policies, settings);
        foreach (var resource in resources)
        {
            if (resource.Spec.Map("targets") is { } targets) Targets(targets, settings);
            resource.Spec.RefuseUnknown();
            resource.Document.RefuseUnknown();
        }
        return settings;
    }

    private static void Targets(Fields targets, ResiliencySettings settings)
    {
        foreach (var (name, app) in Each(targets.Map("apps")))
        {
            settings.Apps[name] = (settings.Definition(app), app?.Number("circuitBreakerCacheSize") is { } size and > 0 ? size : Methods);
            app?.RefuseUnknown();
        }
        foreach (var (name, component) in Each(targets.Map("components")))
        {
            settings.Components[(name, Direction.Inbound)] = Direct(component?.Map("inbound"), settings);
            settings.Components[(name, Direction.Outbound)] = Direct(component?.Map("outbound"), settings);
            component?.RefuseUnknown();
        }
        foreach (var (_, actor) in Each(targets.Map("actors"))) Actor(actor, settings);
        targets.RefuseUnknown();
    }

    private static PolicyDefinition Direct(Fields? fields, ResiliencySettings settings)
    {
        var definition = settings.Definition(fields);
        fields?.RefuseUnknown();
        return definition;
    }

    /// <summary>There are no actors here to be called; the target only has to be right.</summary>
    private static void Actor(Fields? actor, ResiliencySettings settings)
    {
        if (settings.Definition(actor).Breaker is not null && actor!.Text("circuitBreakerScope") is not ("type" or "id" or "both"))
            throw actor.Wrong("circuitBreakerScope", "type, id or both");
        actor?.Text("circuitBreakerScope");
        actor?.Number("circuitBreakerCacheSize");
        actor?.RefuseUnknown();
    }

    private static IEnumerable<(string Name, Fields? Fields)> Each(Fields? map) => map is null ? [] : [.. map.Names.Select(name => (name, map.Map(name)))];
}
