using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;

namespace Resort.Sidecar.State;

/// <summary>What stands before the keys of a component, so that apps which share a database do not share keys (<c>keyPrefix</c>).</summary>
internal sealed class KeyPrefix
{
    private const string Separator = "||";
    private readonly string prefix;

    private KeyPrefix(string prefix) => this.prefix = prefix;

    /// <summary>Reads <c>keyPrefix</c>: <c>appid</c> (default), <c>name</c>, <c>namespace</c>, <c>none</c>, or a prefix as it is, in lower case.</summary>
    /// <exception cref="ResourceException">It contains the separator.</exception>
    public static KeyPrefix Read(Component component, SidecarOptions options)
    {
        var text = component.Metadata.Text("keyPrefix")?.ToLowerInvariant();
        if (text?.Contains(Separator, StringComparison.Ordinal) == true) throw component.Metadata.Wrong("keyPrefix", $"a text without '{Separator}'");
        return text switch
        {
            "none" => new(""),
            "name" => new(component.Name + Separator),
            "namespace" when options.Namespace is { Length: > 0 } space => new($"{space}.{options.AppId}{Separator}"),
            null or "" or "appid" or "namespace" => new(options.AppId + Separator),
            _ => new(text + Separator),
        };
    }

    /// <summary>Whether an app may use a key.</summary>
    public static bool Allows(string key) => !key.Contains(Separator, StringComparison.Ordinal);

    /// <summary>The key in the store.</summary>
    public string Full(string key) => prefix + key;
}
