namespace Resort.Sidecar.Resiliency;

/// <summary>Log lines of policies, in Dapr's words.</summary>
internal static partial class ResiliencyLog
{
    [LoggerMessage(1, LogLevel.Information, "Circuit breaker \"{Breaker}\" changed state from {From} to {To}")]
    public static partial void BreakerChanged(ILogger log, string breaker, string from, string to);

    [LoggerMessage(2, LogLevel.Warning, "Error processing operation {Operation}. Retrying in {Pause}…")]
    public static partial void Retrying(ILogger log, string operation, string pause);

    [LoggerMessage(3, LogLevel.Information, "Recovered processing operation {Operation} after {Attempts} attempts")]
    public static partial void Recovered(ILogger log, string operation, int attempts);
}
