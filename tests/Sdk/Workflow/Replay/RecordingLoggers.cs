using Microsoft.Extensions.Logging;

namespace Resort.Tests.Sdk.Workflow.Replay;

/// <summary>Keeps what is logged, each line behind its category.</summary>
internal sealed class RecordingLoggers : ILoggerFactory, ILoggerProvider
{
    private readonly List<string> lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
                return [.. lines];
        }
    }

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, lines);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
        // nothing is held
    }

    private sealed class Recorder(string category, List<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
                lines.Add($"{category}: {formatter(state, exception)}");
        }
    }
}
