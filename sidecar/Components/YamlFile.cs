using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Resort.Sidecar.Components;

/// <summary>Reads YAML (JSON too) so that every value knows its line.</summary>
internal static class YamlFile
{
    /// <summary>The documents of a file that hold something, each as the fields of its mapping.</summary>
    /// <exception cref="ResourceException">The file cannot be read, is no YAML, or holds something else than mappings.</exception>
    public static IEnumerable<Fields> Load(string path) => Parse(Read(path), path);

    /// <summary>As <see cref="Load"/>, of a text that came from <paramref name="path"/>.</summary>
    public static IEnumerable<Fields> Parse(string text, string path)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text.TrimStart('\uFEFF')));
            foreach (var document in yaml.Documents) MergeKeys.Resolve(document.RootNode);
        }
        catch (YamlException e)
        {
            throw new ResourceException(new SourceLocation(path, (int)e.Start.Line), $"this is not YAML: {(e.InnerException ?? e).Message}");
        }
        foreach (var document in yaml.Documents)
            switch (document.RootNode)
            {
                case YamlMappingNode mapping: yield return new Fields(mapping, path, ""); break;
                case YamlScalarNode { Value: null or "" }: break;
                case var other: throw new ResourceException(new SourceLocation(path, (int)other.Start.Line), "expected fields (`name: value`), not a list or a plain word");
            }
    }

    /// <summary>The text of a file.</summary>
    public static string Read(string path)
    {
        try { return File.ReadAllText(path); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResourceException(new SourceLocation(path, 1), $"cannot be read: {e.Message}");
        }
    }
}
