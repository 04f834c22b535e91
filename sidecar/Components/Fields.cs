using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Resort.Sidecar.Components;

/// <summary>
/// The fields of one YAML mapping. Each field is read by its name and type; what is of another type, and at the end what nobody asked for
/// (<see cref="RefuseUnknown"/>), is refused with file and line.
/// </summary>
internal sealed class Fields(YamlMappingNode node, string file, string path)
{
    private readonly HashSet<string> read = [];

    /// <summary>Where the mapping begins.</summary>
    public SourceLocation Location { get; } = new(file, (int)node.Start.Line);

    /// <summary>The names of all fields, in the order of the file.</summary>
    public IEnumerable<string> Names => node.Children.Keys.Select(key => ((YamlScalarNode)key).Value!);

    /// <summary>Where a field is, or where it is missing.</summary>
    public SourceLocation LocationOf(string name) => Find(name) is { } value ? new SourceLocation(file, (int)value.Start.Line) : Location;

    /// <summary>Whether the field is there, even if empty.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>A text (numbers and bools as they are written), or null if the field is absent or empty.</summary>
    public string? Text(string name) => Take(name) switch
    {
        null => null,
        YamlScalarNode scalar => IsNull(scalar) ? null : scalar.Value,
        _ => throw Wrong(name, "a text"),
    };

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string name) =>
        Text(name) is { Length: > 0 } text ? text : throw new ResourceException(LocationOf(name), $"`{path}{name}` is missing");

    /// <summary>A whole number, or null.</summary>
    public int? Number(string name) => Text(name) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Wrong(name, "a whole number"),
    };

    /// <summary>A bool, or null.</summary>
    public bool? Bool(string name) => Text(name) switch
    {
        null => null,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => throw Wrong(name, "true or false"),
    };

    /// <summary>A mapping, or null.</summary>
    public Fields? Map(string name) => Take(name) switch
    {
        null => null,
        YamlMappingNode mapping => new Fields(mapping, file, $"{path}{name}."),
        YamlScalarNode scalar when IsNull(scalar) => null,
        _ => throw Wrong(name, "fields (`name: value`)"),
    };

    /// <summary>A list of mappings; empty if absent.</summary>
    public IReadOnlyList<Fields> Maps(string name) =>
        [.. Items(name, "a list of fields").Select((item, i) => item is YamlMappingNode mapping
            ? new Fields(mapping, file, $"{path}{name}[{i}].")
            : throw new ResourceException(new SourceLocation(file, (int)item.Start.Line), $"`{path}{name}[{i}]` must be fields (`name: value`)"))];

    /// <summary>A list of texts; empty if absent.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        [.. Items(name, "a list of texts").Select((item, i) => item is YamlScalarNode { Value: { } text }
            ? text
            : throw new ResourceException(new SourceLocation(file, (int)item.Start.Line), $"`{path}{name}[{i}]` must be a text"))];

    /// <summary>A mapping of texts; empty if absent.</summary>
    public IReadOnlyDictionary<string, string> TextMap(string name)
    {
        if (Map(name) is not { } map) return new Dictionary<string, string>();
        return map.Names.ToDictionary(key => key, key => map.Text(key) ?? "");
    }

    /// <summary>Refuses the first field that nobody has read.</summary>
    /// <exception cref="ResourceException">There is such a field.</exception>
    public void RefuseUnknown()
    {
        if (Names.FirstOrDefault(name => !read.Contains(name)) is { } unknown)
            throw new ResourceException(LocationOf(unknown), $"`{path}{unknown}` is not a known field; expected one of {string.Join(", ", read.Order(StringComparer.Ordinal))}");
    }

    /// <summary>The error for a field whose value is not what it should be.</summary>
    public ResourceException Wrong(string name, string expected) =>
        new(LocationOf(name), $"`{path}{name}` must be {expected}{(Find(name) is YamlScalarNode { Value: { } value } ? $", not '{value}'" : "")}");

    private IEnumerable<YamlNode> Items(string name, string expected) => Take(name) switch
    {
        null => [],
        YamlSequenceNode sequence => sequence.Children,
        YamlScalarNode scalar when IsNull(scalar) => [],
        _ => throw Wrong(name, expected),
    };

    private YamlNode? Take(string name)
    {
        read.Add(name);
        return Find(name);
    }

    private YamlNode? Find(string name) => node.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value : null;

    private static bool IsNull(YamlScalarNode scalar) => scalar.Style == ScalarStyle.Plain && scalar.Value is null or "" or "~" or "null";
}
