using YamlDotNet.RepresentationModel;

namespace Resort.Sidecar.Components;

/// <summary>YAML's merge key: a mapping takes in the fields of the one (or those) that <c>&lt;&lt;</c> names; fields of its own win, then the first named.</summary>
internal static class MergeKeys
{
    private static readonly YamlScalarNode key = new("<<");

    /// <summary>Replaces all merge keys below a node. A node that is reached twice, by an alias, is looked at once.</summary>
    public static void Resolve(YamlNode root) => Resolve(root, new HashSet<YamlNode>(ReferenceEqualityComparer.Instance));

    private static void Resolve(YamlNode node, HashSet<YamlNode> known)
    {
        if (!known.Add(node)) return;
        switch (node)
        {
            case YamlSequenceNode sequence:
                foreach (var item in sequence.Children) Resolve(item, known);
                break;
            case YamlMappingNode mapping:
                foreach (var value in mapping.Children.Values) Resolve(value, known);
                if (mapping.Children.Remove(key, out var merged)) Merge(mapping, merged);
                break;
        }
    }

    private static void Merge(YamlMappingNode mapping, YamlNode merged)
    {
        foreach (var other in merged is YamlSequenceNode list ? list.Children : [merged])
            foreach (var field in other is YamlMappingNode fields ? fields.Children : throw Wrong(other))
                mapping.Children.TryAdd(field.Key, field.Value);
    }

    private static YamlDotNet.Core.YamlException Wrong(YamlNode node) => new(node.Start, node.End, "`<<` takes fields, or a list of them");
}
