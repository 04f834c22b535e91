using Resort.Tests.Harness;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

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

[CollectionDefinition(Name)]
public sealed class SystemCollection : ICollectionFixture<SystemFixture>
{
    public const string Name = "one running system";
}
