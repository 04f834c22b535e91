namespace Resort.Sidecar.Components;

/// <summary>Turns a YAML document into a Component or another named resource.</summary>
internal static class ResourceReader
{
    /// <summary>Reads a Component document.</summary>
    public static Component Component(Fields document)
    {
        var (name, scopes) = Header(document);
        var secretStore = SecretStore(document);
        var spec = document.Map("spec") ?? throw new ResourceException(document.Location, $"component `{name}` has no `spec`");
        var type = spec.RequiredText("type");
        var component = new Component(name, type, spec.Text("version"), Metadata(spec), spec.Bool("ignoreErrors") ?? false, secretStore, scopes, spec.LocationOf("type"));
        if (spec.Text("initTimeout") is { } timeout && !GoDuration.TryParse(timeout, out _)) throw spec.Wrong("initTimeout", "a duration such as 5s");
        spec.RefuseUnknown();
        document.RefuseUnknown();
        return component;
    }

    /// <summary>Reads a document whose <c>spec</c> another part understands.</summary>
    public static Resource Resource(Fields document)
    {
        var (name, scopes) = Header(document);
        var spec = document.Map("spec") ?? throw new ResourceException(document.Location, $"`{name}` has no `spec`");
        return new Resource(name, spec, document, scopes, document.Location);
    }

    /// <summary>Name and scopes of a document; the name must be usable in a URL path.</summary>
    public static (string Name, IReadOnlyList<string> Scopes) Header(Fields document)
    {
        var metadata = document.Map("metadata") ?? throw new ResourceException(document.Location, "`metadata.name` is missing");
        var name = metadata.RequiredText("name");
        if (name.Any(c => char.IsWhiteSpace(c) || "/%?#".Contains(c, StringComparison.Ordinal)) || name is "." or "..") throw metadata.Wrong("name", "a name without blanks, slashes and `%?#`");
        metadata.Text("namespace");
        metadata.Map("labels");
        metadata.Map("annotations");
        metadata.RefuseUnknown();
        return (name, document.Texts("scopes"));
    }

    /// <summary>The store that a document's <c>secretKeyRef</c>s mean (<c>auth.secretStore</c>), or null.</summary>
    public static string? SecretStore(Fields document) => document.Map("auth") is { } auth ? Checked(auth, auth.Text("secretStore")) : null;

    private static ComponentMetadata Metadata(Fields spec)
    {
        if (!spec.Has("metadata")) return new ComponentMetadata([], spec.Location);
        return new ComponentMetadata([.. spec.Maps("metadata").Select(Item)], spec.LocationOf("metadata"));
    }

    /// <summary>A named value, or where it is to be found.</summary>
    public static MetadataItem Item(Fields entry)
    {
        var name = entry.RequiredText("name");
        var value = entry.Text("value");
        var secret = entry.Map("secretKeyRef");
        var reference = secret is null ? null : Checked(secret, new SecretReference(secret.RequiredText("name"), secret.Text("key") ?? secret.RequiredText("name")));
        var item = new MetadataItem(name, value, reference, entry.Text("envRef"), entry.LocationOf("value"));
        entry.RefuseUnknown();
        return item;
    }

    private static T Checked<T>(Fields fields, T value)
    {
        fields.RefuseUnknown();
        return value;
    }
}
