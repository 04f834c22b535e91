namespace Resort.Tests.Conformance.Wire;

/// <summary>A request as it goes over the wire, and how the caller behaves.</summary>
internal sealed record WireCall
{
    public required int Port { get; init; }
    public required string Method { get; init; }
    public required string Path { get; init; }
    public Version Version { get; init; } = System.Net.HttpVersion.Version11;
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body; null for none.</summary>
    public HttpContent? Body { get; init; }
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The caller goes away after this time.</summary>
    public TimeSpan? HangUpAfter { get; init; }
}
