using Dapr;
using Dapr.Client;
using Microsoft.Extensions.Logging;
using Resort.Contracts;
using Resort.Contracts.Events;

namespace Resort.Defaults;

/// <summary>Tells what could not be handled. If that cannot be told either, a dead letter will lack its reason, no more.</summary>
public sealed partial class DeliveryFailures(DaprClient dapr, TimeProvider clock, ILogger<DeliveryFailures> logger)
{
    private static readonly TimeSpan deadline = TimeSpan.FromSeconds(5);

    public async Task TellAsync(string app, string topic, IReadOnlyList<FailedEvent> events)
    {
        var failed = new DeliveryFailed
        {
            FailureId = Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
            App = app,
            FailedTopic = topic,
            Events = events,
        };
        using var timeout = new CancellationTokenSource(deadline, clock);
        try
        {
            await dapr.PublishEventAsync(Components.PubSub, Topics.DeliveryFailed, failed, timeout.Token);
        }
        catch (Exception exception) when (exception is DaprException or OperationCanceledException)
        {
            NotTold(logger, topic, exception.Message);
        }
    }

    [LoggerMessage(112, LogLevel.Warning, "{Topic}: what was not handled could not be told: {Reason}")]
    private static partial void NotTold(ILogger logger, string topic, string reason);
}
