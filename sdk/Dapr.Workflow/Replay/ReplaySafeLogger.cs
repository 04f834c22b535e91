using Microsoft.Extensions.Logging;

namespace Dapr.Workflow.Replay;

/// <summary>A logger that is silent while the code runs over what it already logged.</summary>
internal sealed class ReplaySafeLogger(ILogger logger, IWorkflowContext context) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => !context.IsReplaying && logger.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!context.IsReplaying)
            logger.Log(logLevel, eventId, state, exception, formatter);
    }
}
