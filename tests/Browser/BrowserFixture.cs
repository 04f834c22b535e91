using Microsoft.Playwright;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Resort.Tests.Browser;

/// <summary>One running system and one browser for the suite.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    public const string Chromium = "chromium";
    private IPlaywright? playwright;

    public ResortSystem Running { get; private set; } = null!;
    public Customer Customer { get; private set; } = null!;
    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (ServerProgram.ReasonToSkip(Chromium) is not null) return;
        Assertions.SetDefaultExpectTimeout(20_000); // a busy machine is no fault
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = ServerProgram.Find(Chromium) ?? throw new InvalidOperationException("chromium is not installed"),
            Args = ["--no-sandbox"], // as root, which a build machine's user often is, Chromium does not start with it
        });
        Running = await ResortSystem.StartAsync();
        Customer = new(Running.Gateway);
    }

    public async Task DisposeAsync()
    {
        Customer?.Dispose();
        if (Running is not null) await Running.DisposeAsync();
        if (Browser is not null) await Browser.CloseAsync();
        playwright?.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>
{
    public const string Name = "one browser";
}
