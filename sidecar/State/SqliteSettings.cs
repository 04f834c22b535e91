using Microsoft.AspNetCore.WebUtilities;
using Resort.Sidecar.Components;

namespace Resort.Sidecar.State;

/// <summary>
/// The metadata of <c>state.sqlite</c>. Locking and journal are the business of the embedded storage: <c>timeout</c>, <c>busyTimeout</c> and
/// <c>disableWAL</c> are checked, but a file belongs to one process, so there is nothing to wait for and nobody to share a journal with.
/// </summary>
internal sealed record SqliteSettings
{
    private static readonly string[] knownModes = ["rwc", "rw", "memory"];

    /// <summary>The file; null for a database in memory.</summary>
    public required string? Path { get; init; }
    public required string TableName { get; init; }
    public required string MetadataTableName { get; init; }

    /// <summary>How often expired entries are removed; zero for never.</summary>
    public required TimeSpan CleanupInterval { get; init; }

    /// <exception cref="ResourceException">A value is missing or wrong.</exception>
    public static SqliteSettings Read(ComponentMetadata metadata)
    {
        var timeout = Either(metadata, "timeout", "timeoutInSeconds", TimeSpan.FromSeconds(20));
        if (timeout < TimeSpan.FromSeconds(1)) throw metadata.Wrong("timeout", "at least 1s");
        metadata.Duration("busyTimeout", TimeSpan.Zero);
        metadata.Bool("disableWAL", false);
        var name = metadata.Text("connectionString") is null && metadata.Text("url") is not null ? "url" : "connectionString";
        return new SqliteSettings
        {
            Path = FilePath(metadata, name),
            TableName = Identifier(metadata, "tableName", "state"),
            MetadataTableName = Identifier(metadata, "metadataTableName", "metadata"),
            CleanupInterval = Either(metadata, "cleanupInterval", "cleanupIntervalInSeconds", TimeSpan.Zero),
        };
    }

    private static TimeSpan Either(ComponentMetadata metadata, string name, string alias, TimeSpan otherwise) =>
        metadata.Duration(name, metadata.Duration(alias, otherwise));

    /// <summary>Table names go into statements as they are.</summary>
    private static string Identifier(ComponentMetadata metadata, string name, string otherwise)
    {
        var text = metadata.Text(name) ?? otherwise;
        return text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? text : throw metadata.Wrong(name, "letters, digits and _");
    }

    /// <summary>A path, <c>:memory:</c>, or a <c>file:</c> URI, either with parameters.</summary>
    private static string? FilePath(ComponentMetadata metadata, string name)
    {
        var text = metadata.RequiredText(name);
        var isUri = text.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
        var query = text.IndexOf('?', StringComparison.Ordinal);
        var parameters = query < 0 ? [] : QueryHelpers.ParseQuery(text[query..]);
        var path = text[(isUri ? 5 : 0)..(query < 0 ? text.Length : query)];
        foreach (var (parameter, values) in parameters)
            if (parameter is not ("mode" or "cache" or "_txlock") || (parameter == "mode" && !knownModes.Contains(values[0])))
                throw metadata.Wrong(name, $"a path or a file: URI whose parameters the embedded sidecar knows (mode={string.Join('|', knownModes)}, cache, _txlock)");
        if (path.StartsWith(":memory:", StringComparison.OrdinalIgnoreCase) || (parameters.TryGetValue("mode", out var mode) && mode[0] == "memory")) return null;
        if (isUri) path = Uri.UnescapeDataString(path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path);
        return path.Length > 0 && !path.EndsWith('/') && !path.Contains('\0', StringComparison.Ordinal) ? path : throw metadata.Wrong(name, "the path of a file");
    }
}
