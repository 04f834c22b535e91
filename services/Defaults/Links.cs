namespace Resort.Defaults;

/// <summary>One link of <c>application/hal+json</c>; the method is told where it is not GET.</summary>
public sealed record Link(string Href, string? Method = null)
{
    /// <summary>The address has parts to be filled in, such as <c>{?page}</c>.</summary>
    public bool? Templated { get; } = Href.Contains('{', StringComparison.Ordinal) ? true : null;
}

/// <summary>Collects <c>_links</c>: a link is offered exactly when its move is legal.</summary>
public sealed class Links : Dictionary<string, Link>
{
    public static Links Self(string href) => new() { ["self"] = new(href) };

    public Links With(string name, string href, bool when, string? method = null)
    {
        if (when)
            Add(name, new(href, method));
        return this;
    }
}
