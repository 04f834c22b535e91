namespace Resort.Sidecar.Invocation;

/// <summary>
/// Operations of an access control policy as daprd compares them with a path: segment by segment, without a way back, the first that fits in the
/// order of the file. One without a star also covers all below it. <c>*</c> at the end is one last segment or none, <c>**</c> any number, and
/// <c>abc*</c> a segment that begins so; a star in the middle never fits.
/// </summary>
internal sealed class OperationRules
{
    private readonly Node root = new("");

    /// <summary>Adds an operation; of two with the same name the first counts.</summary>
    public void Add(string name, OperationRule rule)
    {
        var node = root;
        foreach (var segment in Segments(name)) node = node.Child(segment);
        node.Rule ??= rule;
    }

    /// <summary>The rule for a path; null if there is none. Letter case does not count.</summary>
    public OperationRule? Find(string path)
    {
        var segments = Segments(path);
        var node = root;
        for (var i = 0; i < segments.Length; i++)
        {
            var isLast = i == segments.Length - 1;
            if (node.Match(segments[i], isLast) is not { } next) return null;
            if (next.Rule is not null) return next.Rule;
            if (isLast) return next.Match("", isLast)?.Rule;
            node = next;
        }
        return null;
    }

    private static string[] Segments(string path) => path.TrimStart('/').ToLowerInvariant().Split('/');

    private sealed class Node(string segment)
    {
        private readonly List<Node> children = [];

        public OperationRule? Rule { get; set; }

        public Node Child(string name)
        {
            if (children.Find(child => child.Segment == name) is { } known) return known;
            var added = new Node(name);
            children.Add(added);
            return added;
        }

        public Node? Match(string text, bool isLast) => children.Find(child => child.Fits(text, isLast));

        private string Segment => segment;

        private bool Fits(string text, bool isLast) => segment switch
        {
            "**" => true,
            "*" => isLast,
            [.. var beginning, '*'] => text.StartsWith(beginning, StringComparison.Ordinal),
            _ => segment == text,
        };
    }
}
