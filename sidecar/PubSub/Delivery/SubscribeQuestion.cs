using System.Net;
using System.Text.Json;
using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.Invocation;
using Resort.Sidecar.Metrics;
using Resort.Sidecar.Resiliency;

namespace Resort.Sidecar.PubSub.Delivery;

/// <summary>Asks the app at <c>GET /dapr/subscribe</c> what it subscribes to.</summary>
internal sealed class SubscribeQuestion(AppChannel app, DaprRuntime runtime, ILogger log)
{
    private const string Retries = "DaprBuiltInInitializationRetries";
    private readonly Policy policy = new(Retries, new PolicyDefinition(null, BuiltInRetries.All[Retries], null), null, PolicyMetrics.None, runtime.Process.Clock, log);
    private bool wasBrokenOff;

    /// <summary>The app's subscriptions; an answer other than 200 means none.</summary>
    /// <exception cref="HttpRequestException">The app has broken off every attempt.</exception>
    /// <exception cref="JsonException">A good answer is no list of subscriptions.</exception>
    public async Task<List<Subscription>> AskAsync(CancellationToken cancel)
    {
        var (status, body) = await policy.RunAsync(SendAsync, cancel);
        if (status is not (HttpStatusCode.OK or HttpStatusCode.NotFound)) SubscriptionLog.BadAnswer(log, (int)status);
        if (status != HttpStatusCode.OK || body.Length == 0) return [];
        var subscriptions = new List<Subscription>();
        foreach (var subscription in (JsonSerializer.Deserialize(body, PubSubJson.Default.ListSubscriptionJson) ?? []).Select(Subscription))
            if (subscription is { DefaultRoute: null, Rules: [] }) SubscriptionLog.NoRoutes(log, subscription.Topic);
            else subscriptions.Add(subscription);
        return subscriptions;
    }

    /// <summary>A connection that breaks may have been a kept one that the app no longer knew, so the first time that happens the app is asked again at once.</summary>
    private async Task<(HttpStatusCode Status, byte[] Body)> SendAsync(CancellationToken cancel)
    {
        try { return await SendOnceAsync(cancel); }
        catch (HttpRequestException e) when (!wasBrokenOff && e.HttpRequestError != HttpRequestError.ConnectionError) { wasBrokenOff = true; }
        return await SendOnceAsync(cancel);
    }

    private async Task<(HttpStatusCode Status, byte[] Body)> SendOnceAsync(CancellationToken cancel)
    {
        using var answer = await app.AskAsync("/dapr/subscribe", cancel);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(cancel));
    }

    private static Subscription Subscription(SubscriptionJson entry) => new()
    {
        PubsubName = entry.PubsubName ?? "",
        Topic = entry.Topic ?? "",
        DefaultRoute = new[] { entry.Routes?.Default, entry.Route }.FirstOrDefault(route => !string.IsNullOrEmpty(route)),
        Rules = [.. (entry.Routes?.Rules ?? []).Select(rule => new RouteRule(rule.Match ?? "", rule.Path ?? ""))],
        Metadata = entry.Metadata ?? [],
        DeadLetterTopic = entry.DeadLetterTopic,
        Bulk = entry.BulkSubscribe is { Enabled: true } bulk ? new BulkSubscribe(bulk.MaxMessagesCount, bulk.MaxAwaitDurationMs) : null,
    };
}
