namespace Resort.Sidecar.Hosting.Flags;

/// <summary>What of a sidecar's log is written, how, and where: to a file, or to stdout if there is none.</summary>
internal sealed record LogOptions(LogLevel Level, bool AsJson, string? File)
{
    /// <summary>What daprd does by itself.</summary>
    public static LogOptions Default { get; } = new(LogLevel.Information, false, null);

    /// <summary>Reads <c>--log-level</c>, <c>--log-as-json</c> and <c>--log-file</c>.</summary>
    public static LogOptions Read(FlagValues flags) => new(
        flags.OneOf("log-level", "info", "debug", "info", "warn", "warning", "error", "fatal") switch
        {
            "debug" => LogLevel.Debug,
            "info" => LogLevel.Information,
            "warn" or "warning" => LogLevel.Warning,
            "error" => LogLevel.Error,
            _ => LogLevel.Critical,
        },
        flags.IsOn("log-as-json"), flags.Text("log-file"));
}
