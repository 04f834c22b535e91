namespace Resort.Sidecar.Components;

/// <summary>
/// The types of one category that the sidecar serves, and how each is made. A type has the version <c>v1</c>, which may be left out, unless another
/// one is part of its name (<c>state.postgresql/v2</c>).
/// </summary>
internal sealed class ComponentTypes<T>(string category, params (string Type, Func<Component, ValueTask<T>> Create)[] served)
{
    private const string FirstVersion = "v1";

    /// <summary>
    /// Makes all components of the category, by name. <paramref name="resolve"/> puts values in the place of references. One that cannot be
    /// made ends the start, or is left out and logged if it says <c>ignoreErrors</c>.
    /// </summary>
    /// <exception cref="ResourceException">A type, a version or a metadata entry is unknown, or a value is wrong.</exception>
    public async Task<Dictionary<string, T>> CreateAllAsync(IEnumerable<Component> components, Func<Component, Component> resolve, ILogger log)
    {
        var created = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var component in components.Where(component => component.Category == category))
            try { created.Add(component.Name, await CreateAsync(component, resolve)); }
            catch (ResourceException e) when (component.IgnoreErrors) { ComponentLog.Ignored(log, component.Name, e.Message); }
        return created;
    }

    private async ValueTask<T> CreateAsync(Component component, Func<Component, Component> resolve)
    {
        var create = Find(component);
        var resolved = resolve(component);
        var created = await create(resolved);
        try { resolved.Metadata.RefuseUnknown(); }
        catch
        {
            if (created is IAsyncDisposable disposable) await disposable.DisposeAsync();
            throw;
        }
        return created;
    }

    private Func<Component, ValueTask<T>> Find(Component component)
    {
        var asked = component.Version is { Length: > 0 } version ? version : FirstVersion;
        List<string> versions = [];
        foreach (var (name, create) in served)
        {
            var slash = name.IndexOf('/', StringComparison.Ordinal);
            if (component.Type != (slash < 0 ? name : name[..slash])) continue;
            versions.Add(slash < 0 ? FirstVersion : name[(slash + 1)..]);
            if (versions[^1] == asked) return create;
        }
        throw new ResourceException(component.Location, versions.Count == 0
            ? ForeignTypes.WhyNot(component.Type, served.Select(type => type.Type.Replace('/', ' ')))
            : ForeignTypes.WhyNotVersion(component.Type, asked, string.Join(", ", versions)));
    }
}

/// <summary>Log lines about components.</summary>
internal static partial class ComponentLog
{
    [LoggerMessage(1, LogLevel.Error, "Ignoring error processing component {Name}: {Reason}")]
    public static partial void Ignored(ILogger log, string name, string reason);
}
