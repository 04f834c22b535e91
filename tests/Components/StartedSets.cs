using Resort.Tests.Sidecar;

namespace Resort.Tests.ComponentSets;

/// <summary>The servers of all sets, each started when the first test needs it, and the table of what was found.</summary>
public sealed class StartedSets : IAsyncLifetime
{
    private readonly Dictionary<string, Lazy<Task<StartedSet>>> started = ComponentSet.All.ToDictionary(set => set.Name, set => new Lazy<Task<StartedSet>>(set.StartAsync));

    internal BehaviourTable Table { get; } = new();

    /// <summary>Checks a behaviour of a set, unless it does not promise it, and notes the outcome.</summary>
    internal async Task CheckAsync(string set, string behaviour, Func<SidecarsOnSet, Task> check, Promises promise = Promises.None)
    {
        if (!ComponentSet.All.Single(known => known.Name == set).Promises.HasFlag(promise))
        {
            Table.Note(set, behaviour, "not promised");
            return;
        }
        Table.Note(set, behaviour, "FAILED");
        await using var fixture = new SidecarFixture();
        await check(new SidecarsOnSet(fixture, await started[set].Value));
        Table.Note(set, behaviour, "yes");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        Table.Write();
        foreach (var set in started.Values.Where(set => set.IsValueCreated))
            if ((await set.Value).Running is { } running) await running.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class SetCollection : ICollectionFixture<StartedSets>
{
    public const string Name = "all sets";
}
