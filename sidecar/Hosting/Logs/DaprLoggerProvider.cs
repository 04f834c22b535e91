using Resort.Sidecar.Hosting.Flags;

namespace Resort.Sidecar.Hosting.Logs;

/// <summary>Writes the lines of one sidecar. The scope is daprd's word for the part that speaks, taken from the namespace of its type.</summary>
internal sealed class DaprLoggerProvider(DaprLogFormat format, Action<string> write, TimeProvider clock) : ILoggerProvider
{
    /// <summary>What a sidecar logs by: its own lines from its log level on, of the HTTP server only what is wrong.</summary>
    public static ILoggerFactory Factory(string appId, LogOptions options, Action<string> write, TimeProvider clock) => LoggerFactory.Create(logging => logging
        .SetMinimumLevel(options.Level)
        .AddFilter("Microsoft", options.Level > LogLevel.Warning ? options.Level : LogLevel.Warning)
        .AddProvider(new DaprLoggerProvider(new DaprLogFormat(appId, options.AsJson), write, clock)));

    public ILogger CreateLogger(string categoryName) => new Logger(Scope(categoryName), format, write, clock);

    public void Dispose() { }

    private static string Scope(string category) => category.Split('.') switch
    {
        ["Resort", "Sidecar", "Hosting" or "Components", ..] => "dapr.runtime",
        ["Resort", "Sidecar", "Api", ..] => "dapr.runtime.http",
        ["Resort", "Sidecar", "Workflow", ..] => "dapr.wfengine",
        ["Resort", "Sidecar", var part, ..] => "dapr.runtime." + part.ToLowerInvariant(),
        _ => "dapr.runtime.http",
    };

    private sealed class Logger(string scope, DaprLogFormat format, Action<string> write, TimeProvider clock) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            write(format.Line(clock.GetLocalNow(), logLevel, scope, formatter(state, exception), exception));
    }
}
