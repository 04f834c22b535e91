using Microsoft.Playwright;
using Resort.Tests.Harness;

namespace Resort.Tests.Browser;

/// <summary>Someone with a browser.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private static readonly string pictures = Directory.CreateDirectory(Repository.PathOf("artifacts/screenshots")).FullName;
    private readonly IBrowserContext context;
    private readonly Uri gateway;
    private readonly List<string> complaints = [];
    private readonly List<int> expected = [];
    private bool streamPasses = true;

    private Visitor(IBrowserContext context, IPage page, Uri gateway) => (this.context, Page, this.gateway) = (context, page, gateway);

    public IPage Page { get; }

    /// <summary>Errors that the page reported, and requests to other hosts.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    /// <summary>How often the document was loaded.</summary>
    public int Loads { get; private set; }

    public static async Task<Visitor> OpenAsync(IBrowser browser, Uri gateway, string language, int width, bool dark)
    {
        var context = await browser.NewContextAsync(new()
        {
            Locale = language == "ko" ? "ko-KR" : "en-GB",
            ViewportSize = new() { Width = width, Height = width < 600 ? 780 : 900 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(20_000);
        var visitor = new Visitor(context, await context.NewPageAsync(), gateway);
        visitor.Listen();
        return visitor;
    }

    /// <summary>This business answer is not a fault, though a browser notes it as one.</summary>
    public void Expect(int status) => expected.Add(status);

    /// <summary>The test keeps the stream of events from passing.</summary>
    public void ExpectNoStream() => streamPasses = false;

    public async Task GoAsync(string page)
    {
        await Page.GotoAsync($"{gateway}#/{page}");
        await Page.Locator("main h1").WaitForAsync();
    }

    /// <summary>Fills in the order of a resort; what is not named stays as it is.</summary>
    public async Task FillAsync(string? name = "Kim Minji", string? phone = null, string? needs = null, string? card = null)
    {
        if (name is not null) await Page.FillAsync("#name", name);
        if (phone is not null) await Page.FillAsync("#phone", phone);
        if (needs is not null) await Page.FillAsync("#needs", needs);
        if (card is not null) await Page.SelectOptionAsync("#cardtoken", card);
    }

    public ILocator Submit => Page.Locator("button[form=order]");

    public ILocator Step(string step, string state) => Page.Locator($"[data-step='{step}'][data-state='{state}']");

    public Task SeesAsync(string selector) => Page.Locator(selector).First.WaitForAsync();

    public Task SeesTextAsync(string text) => Page.GetByText(text).First.WaitForAsync();

    /// <summary>Keeps what the page looks like as <c>artifacts/screenshots/{name}.png</c>.</summary>
    public async Task PictureAsync(string name)
    {
        await Page.EvaluateAsync("scrollTo(0, 0)"); // the header stays at the top of what is seen
        await Page.ScreenshotAsync(new() { Path = Path.Combine(pictures, $"{name}.png"), FullPage = true });
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private void Listen()
    {
        Page.PageError += (_, error) => complaints.Add(error);
        Page.Console += (_, message) => { if (message.Type is "error" or "warning" && !IsExpected(message)) complaints.Add($"{message.Text} {message.Location}"); };
        Page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { IsAbsoluteUri: true } uri && uri.Authority != gateway.Authority) complaints.Add($"asked {request.Url}");
            if (request.IsNavigationRequest) Loads++;
        };
    }

    // of a booking a moment ago the read model may know nothing yet
    private bool IsExpected(IConsoleMessage message) => message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
        && (expected.Exists(status => message.Text.Contains($"status of {status}", StringComparison.Ordinal))
            || !streamPasses && message.Location.Contains("/views/stream", StringComparison.Ordinal)
            || message.Text.Contains("status of 404", StringComparison.Ordinal) && message.Location.Contains("findByReservationid", StringComparison.Ordinal));
}
