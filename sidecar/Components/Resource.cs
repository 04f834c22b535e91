namespace Resort.Sidecar.Components;

/// <summary>A resource whose <c>spec</c> is read by the part that uses it (Resiliency, HTTPEndpoint).</summary>
internal sealed record Resource(string Name, Fields Spec, Fields Document, IReadOnlyList<string> Scopes, SourceLocation Location);
