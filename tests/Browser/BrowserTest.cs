using Resort.Tests.Harness;

namespace Resort.Tests.Browser;

/// <summary>A test with visitors. Whatever it is about: no page may report an error, or ask another host for anything.</summary>
[Collection(BrowserCollection.Name)]
public abstract class BrowserTest(BrowserFixture fixture) : IAsyncLifetime
{
    private static int guests;
    private readonly List<Visitor> visitors = [];

    protected ResortSystem Running { get; } = fixture.Running;
    protected Customer Customer { get; } = fixture.Customer;

    protected async Task<Visitor> VisitAsync(string page = "", string language = "en", int width = 1440, bool dark = false)
    {
        var visitor = await Visitor.OpenAsync(fixture.Browser, fixture.Running.Gateway, language, width, dark);
        visitors.Add(visitor);
        await visitor.GoAsync(page);
        return visitor;
    }

    /// <summary>A phone number that no other test has.</summary>
    protected static string NewPhone() => $"010-5000-{Interlocked.Increment(ref guests):0000}";

    protected static DateOnly InDays(int days) => DateOnly.FromDateTime(DateTime.UtcNow).AddDays(days);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var visitor in visitors) await visitor.DisposeAsync();
        visitors.SelectMany(visitor => visitor.Complaints).Should().BeEmpty();
    }
}
