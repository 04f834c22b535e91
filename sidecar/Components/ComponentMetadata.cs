using System.Globalization;

namespace Resort.Sidecar.Components;

/// <summary>
/// The metadata of a component. Names do not differ by case and the last of equal names counts, as in Dapr; what cannot be read, and what the
/// component does not know, is refused with file and line.
/// </summary>
internal sealed class ComponentMetadata(IReadOnlyList<MetadataItem> items, SourceLocation location)
{
    private readonly Dictionary<string, MetadataItem> byName =
        items.GroupBy(item => item.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.Last(), StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> read = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All entries in the order of the file, references as they stand.</summary>
    public IReadOnlyList<MetadataItem> Items => items;

    /// <summary>Where an entry is, or the component if there is none.</summary>
    public SourceLocation LocationOf(string name) => byName.TryGetValue(name, out var item) ? item.Location : location;

    /// <summary>A text, or null if the entry is absent.</summary>
    public string? Text(string name)
    {
        read.Add(name);
        return byName.GetValueOrDefault(name)?.Value;
    }

    /// <summary>A text that must be there and not be empty.</summary>
    public string RequiredText(string name) =>
        Text(name) is { Length: > 0 } text ? text : throw new ResourceException(LocationOf(name), $"metadata `{name}` is missing");

    /// <summary>A bool in one of the spellings that Dapr takes for true or false (<c>1 t true y yes on</c>, <c>0 f false n no off</c>).</summary>
    public bool Bool(string name, bool otherwise) => Text(name)?.ToLowerInvariant() switch
    {
        null or "" => otherwise,
        var text when IsTrue(text) => true,
        "0" or "f" or "false" or "n" or "no" or "off" => false,
        _ => throw Wrong(name, "true or false"),
    };

    /// <summary>Whether a text is one of the spellings for true; every other one is false.</summary>
    public static bool IsTrue(string text) => text.ToLowerInvariant() is "1" or "t" or "true" or "y" or "yes" or "on";

    /// <summary>A whole number.</summary>
    public int Number(string name, int otherwise) => Text(name) switch
    {
        null or "" => otherwise,
        var text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Wrong(name, "a whole number"),
    };

    /// <summary>A duration in Go's spelling (<c>1m30s</c>, <c>500ms</c>); a number alone means seconds.</summary>
    public TimeSpan Duration(string name, TimeSpan otherwise) => Text(name) switch
    {
        null or "" => otherwise,
        var text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) => TimeSpan.FromSeconds(seconds),
        var text when GoDuration.TryParse(text, out var duration) => duration,
        _ => throw Wrong(name, "a duration such as 500ms, 2s or 1m30s"),
    };

    /// <summary>Refuses the first entry that the component has not read.</summary>
    public void RefuseUnknown()
    {
        if (items.FirstOrDefault(item => !read.Contains(item.Name)) is { } unknown)
            throw new ResourceException(unknown.Location, $"metadata `{unknown.Name}` is not known to this component; it knows {string.Join(", ", read.Order(StringComparer.OrdinalIgnoreCase))}");
    }

    /// <summary>The error for an entry whose value is not what it should be.</summary>
    public ResourceException Wrong(string name, string expected) => new(LocationOf(name), $"metadata `{name}` must be {expected}, not '{byName.GetValueOrDefault(name)?.Value}'");

    /// <summary>The same metadata with each reference replaced by what <paramref name="resolve"/> finds.</summary>
    public ComponentMetadata With(Func<MetadataItem, string?> resolve) =>
        new([.. items.Select(item => item with { Value = resolve(item), SecretKeyRef = null, EnvRef = null })], location);
}
