namespace Resort.Sidecar.Components;

/// <summary>An entry of <c>spec.metadata</c>: a value, or where the value is to be found.</summary>
internal sealed record MetadataItem(string Name, string? Value, SecretReference? SecretKeyRef, string? EnvRef, SourceLocation Location);

/// <summary><c>secretKeyRef</c>: a secret's name and the key in it, which is the name again unless given.</summary>
internal sealed record SecretReference(string Name, string Key);
