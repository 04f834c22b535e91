namespace Resort.Sidecar.Api;

/// <summary>A part of the Dapr API that has routes of its own.</summary>
internal interface IBuildingBlock
{
    /// <summary>Adds its routes.</summary>
    void Map(RouteTable routes);
}

/// <summary>
/// Which handler answers which verb and path. Patterns are literal segments, <c>{name}</c> for one segment and <c>{name*}</c> for the rest; a literal
/// goes before a name, and a path known for other verbs only is as unknown as any other (Dapr has no 405). So is one that <paramref name="access"/> denies.
/// </summary>
internal sealed class RouteTable(ApiAccess access)
{
    private readonly Node root = new();

    /// <summary>Answers what no route matches.</summary>
    public Func<ApiContext, Task> Fallback { get; private set; } = ApiPipeline.NotFoundAsync;

    /// <summary>Takes what no route matches for an invocation, as Dapr does; unless invocation is denied.</summary>
    public void MapInvocation(Func<ApiContext, Task> handler)
    {
        if (access.Permits("v1.0", "invoke")) Fallback = handler;
    }

    /// <summary>Adds a handler for verbs such as <c>"POST,PUT"</c>.</summary>
    public void Map(string verbs, string pattern, Func<ApiContext, Task> handler)
    {
        var segments = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (!access.Permits(segments[0], segments[1])) return;
        var node = root;
        List<string> names = [];
        foreach (var segment in segments)
        {
            if (segment is ['{', .., '}']) names.Add(segment[1..^1].TrimEnd('*'));
            if (segment is ['{', .., '*', '}']) node = node.Rest ??= new Node();
            else if (segment[0] == '{') node = node.Parameter ??= new Node();
            else node = node.Literals.TryGetValue(segment, out var known) ? known : node.Literals[segment] = new Node();
        }
        foreach (var verb in verbs.Split(',')) node.Handlers.Add(verb, new Route(handler, [.. names]));
    }

    /// <summary>Finds the handler for a cleaned, still escaped path; <paramref name="values"/> are the escaped segments that stand for names.</summary>
    public Route? Find(string verb, string path, List<string> values) => Find(root, verb, path, 0, values);

    private static Route? Find(Node node, string verb, string path, int at, List<string> values)
    {
        while (at < path.Length && path[at] == '/') at++;
        if (at == path.Length) return node.Handlers.GetValueOrDefault(verb);
        var end = path.IndexOf('/', at);
        if (end < 0) end = path.Length;
        if (node.Literals.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(path.AsSpan(at, end - at), out var literal)
            && Find(literal, verb, path, end, values) is { } found) return found;
        if (node.Parameter is { } parameter)
        {
            values.Add(path[at..end]);
            if (Find(parameter, verb, path, end, values) is { } byName) return byName;
            values.RemoveAt(values.Count - 1);
        }
        if (node.Rest?.Handlers.GetValueOrDefault(verb) is not { } rest) return null;
        values.Add(path[at..]);
        return rest;
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Literals { get; } = new(StringComparer.Ordinal);
        public Node? Parameter { get; set; }
        public Node? Rest { get; set; }
        public Dictionary<string, Route> Handlers { get; } = new(StringComparer.Ordinal);
    }
}

/// <summary>A handler and the names of its path's segments.</summary>
internal sealed record Route(Func<ApiContext, Task> Handler, string[] Names);
