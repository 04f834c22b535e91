using Microsoft.Playwright;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Resort.Tests.Browser;

/// <summary>One running system and one browser for the suite. Deliveries are given up within some seconds: longer than it takes to see that an app is down.</summary>
public sealed class BrowserFixture : IAsyncLifetime, IDisposable
{
    public const string Chromium = "chromium";
    private QuickDeliveries? quick;
    private IPlaywright? playwright;

    public ResortSystem Running { get; private set; } = null!;
    public Customer Customer { get; private set; } = null!;
    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (ServerProgram.ReasonToSkip(Chromium) is not null) return;
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = ServerProgram.Find(Chromium) ?? throw new InvalidOperationException("chromium is not installed"),
            Args = ["--no-sandbox"], // as root, which a build machine's user often is, Chromium does not start with it
        });
        quick = new(attempts: 40, maxInterval: "200ms");
        Running = await ResortSystem.StartAsync(shared: quick.Folder);
        Customer = new(Running.Gateway);
    }

    public async Task DisposeAsync()
    {
        Customer?.Dispose();
        if (Running is not null) await Running.DisposeAsync();
        if (Browser is not null) await Browser.CloseAsync();
    }

    public void Dispose()
    {
        playwright?.Dispose();
        quick?.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>
{
    public const string Name = "one browser";
}
