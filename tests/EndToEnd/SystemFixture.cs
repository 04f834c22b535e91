using Resort.Tests.Harness;

// A test that kills something often waits until it has been started again, so three go on beside each other; the others come afterwards, alone.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]

namespace Resort.Tests.EndToEnd;

/// <summary>One running system for all tests that leave it whole.</summary>
public sealed class SystemFixture : IAsyncLifetime
{
    public ResortSystem System { get; private set; } = null!;
    public Customer Customer { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        System = await ResortSystem.StartAsync();
        Customer = new Customer(System.Gateway);
    }

    public async Task DisposeAsync()
    {
        Customer.Dispose();
        await System.DisposeAsync();
    }

    /// <summary>A day that lies so many days ahead.</summary>
    public static DateOnly InDays(int days) => DateOnly.FromDateTime(DateTime.UtcNow).AddDays(days);
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SystemCollection : ICollectionFixture<SystemFixture>
{
    public const string Name = "one running system";
}

/// <summary>Tests with a system of their own that look at what is quick or slow, so nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
