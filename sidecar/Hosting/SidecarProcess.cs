using System.Collections.Concurrent;
using Resort.Sidecar.PubSub.Durable;
using Resort.Sidecar.Servers;
using Resort.Sidecar.Storage;
using Resort.Sidecar.Workflow;

namespace Resort.Sidecar.Hosting;

/// <summary>What the sidecars of one process share: the clock, the databases, where they log, and each other.</summary>
internal sealed class SidecarProcess(string dataDirectory, TimeProvider clock, Func<SidecarOptions, ILoggerFactory> loggers) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, DaprRuntime[]> byAppId = new(StringComparer.Ordinal);

    public TimeProvider Clock => clock;
    public Databases Databases { get; } = new(dataDirectory);
    public WorkflowEngines Workflows { get; } = new();

    /// <summary>The connections to Redis servers.</summary>
    public RedisConnections Redis { get; } = new(clock);

    /// <summary>The messages in those databases.</summary>
    public MessageLogs MessageLogs { get; } = new(clock);

    /// <summary>What a sidecar logs by.</summary>
    public ILoggerFactory LoggersOf(SidecarOptions options) => loggers(options);

    /// <summary>The sidecars of an app, one per replica; empty if there is none.</summary>
    public IReadOnlyList<DaprRuntime> Find(string appId) => byAppId.GetValueOrDefault(appId, []);

    /// <summary>Makes a sidecar known to the others.</summary>
    public void Add(DaprRuntime runtime) => byAppId.AddOrUpdate(runtime.Options.AppId, [runtime], (_, others) => [.. others, runtime]);

    /// <summary>Forgets a sidecar that stops.</summary>
    public void Remove(DaprRuntime runtime) => byAppId.AddOrUpdate(runtime.Options.AppId, [], (_, others) => [.. others.Where(other => other != runtime)]);

    public async ValueTask DisposeAsync()
    {
        await MessageLogs.DisposeAsync();
        await Databases.DisposeAsync();
        await Redis.DisposeAsync();
    }
}
