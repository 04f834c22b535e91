using System.Text.Json;
using Resort.Sidecar.Components;
using Resort.Sidecar.Expressions;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.PubSub.Delivery;

namespace Resort.Sidecar.PubSub;

/// <summary>
/// The subscriptions of one sidecar: those that files declare and those that the app tells of when it comes up. They are delivered while the
/// app is there and well.
/// </summary>
internal sealed class Subscriptions : IAsyncDisposable
{
    private const int DefaultBatch = 100;
    private const int DefaultWait = 1000;

    private readonly DaprRuntime runtime;
    private readonly ILogger log;
    private readonly RunningDeliveries running = new();
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim turn = new(1);
    private readonly List<IDisposable> started = [];
    private Dictionary<Subscription, EventRoutes>? routes;

    /// <summary>Takes in the declared subscriptions; nothing is started yet.</summary>
    /// <exception cref="ResourceException">A rule is no expression.</exception>
    public Subscriptions(DaprRuntime runtime)
    {
        this.runtime = runtime;
        log = runtime.Loggers.CreateLogger<Subscriptions>();
        All = [.. runtime.Resources.Subscriptions.DistinctBy(Key)];
        foreach (var declared in All)
            try { _ = new EventRoutes(declared); }
            catch (CelException e) { throw new ResourceException(declared.Location, e.Message); }
    }

    /// <summary>All subscriptions, also those without effect, as the metadata endpoint lists them; one without a location is the app's.</summary>
    public IReadOnlyList<Subscription> All { get; private set; }

    /// <summary>Asks the app for its subscriptions, the first time, and begins to deliver.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            routes ??= await AskAsync(cancel);
            foreach (var (subscription, routing) in routes) await StartAsync(subscription, routing);
            if (started.Count > 0) SubscriptionLog.Subscribed(log, string.Join(", ", routes.Keys.Select(subscription => subscription.Topic)));
        }
        finally { turn.Release(); }
    }

    /// <summary>Begins no more deliveries; completes when those that run have ended.</summary>
    public async Task StopAsync()
    {
        await turn.WaitAsync();
        try
        {
            foreach (var subscription in started) subscription.Dispose();
            started.Clear();
        }
        finally { turn.Release(); }
        await running.WhenIdle();
    }

    /// <summary>Ends all deliveries, also those that run: their messages count as not handled.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await StopAsync();
    }

    private static (string, string) Key(Subscription subscription) => (subscription.PubsubName, subscription.Topic);

    /// <summary>All subscriptions with their routes. If the app gives no answer, or one that cannot be read, none at all: the declared ones neither.</summary>
    private async Task<Dictionary<Subscription, EventRoutes>> AskAsync(CancellationToken cancel)
    {
        if (runtime.Brokers.All.Count == 0 || runtime.App is null) return [];
        try
        {
            var all = All.ToList();
            foreach (var programmatic in await new SubscribeQuestion(runtime.App, runtime, log).AskAsync(cancel))
                if (all.FindIndex(known => Key(known) == Key(programmatic)) is var place and >= 0) all[place] = programmatic;
                else all.Add(programmatic);
            var read = all.ToDictionary(subscription => subscription, subscription => new EventRoutes(subscription));
            All = all;
            return read;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or CelException)
        {
            SubscriptionLog.NoAnswer(log, e.Message);
            return [];
        }
    }

    private async Task StartAsync(Subscription subscription, EventRoutes routing)
    {
        var (pubsub, topic) = Key(subscription);
        if (runtime.Brokers.Find(pubsub) is not { } component || topic.Length == 0 || routing.IsEmpty) SubscriptionLog.WithoutEffect(log, pubsub, topic);
        else if (!component.MaySubscribe(topic)) SubscriptionLog.NotAllowed(log, pubsub, topic);
        else started.Add(await component.SubscribeAsync(Consumer(component, subscription, routing)));
    }

    private Consumer Consumer(PubSubComponent component, Subscription subscription, EventRoutes routing)
    {
        var clock = runtime.Process.Clock;
        var receiver = new Receiver(component, subscription, routing, runtime.Tracing, clock, log);
        if (subscription.Bulk is not { } bulk) return new Consumer(subscription.Topic, Handler(new SingleDelivery(runtime.App!, receiver, log), subscription.Topic)) { Metadata = subscription.Metadata };
        return new Consumer(subscription.Topic, Handler(new BulkDelivery(runtime.App!, receiver, subscription.Topic, clock, log), subscription.Topic))
        {
            Metadata = subscription.Metadata,
            IsBulk = true,
            MaxMessages = bulk.MaxMessagesCount is > 0 and var most ? most : DefaultBatch,
            MaxWait = TimeSpan.FromMilliseconds(bulk.MaxAwaitDurationMs is >= 0 and var wait ? wait : DefaultWait),
        };
    }

    private Func<IBatch, Task> Handler(IDelivery delivery, string topic) => async batch =>
    {
        running.Begin();
        try { await delivery.DeliverAsync(batch, stop.Token); }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { /* the sidecar stops: what is not settled is not handled */ }
        catch (Exception e) { SubscriptionLog.Failed(log, e, topic); }
        finally { running.End(); }
    };
}
