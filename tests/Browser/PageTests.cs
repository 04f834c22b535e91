using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Browser;

/// <summary>Every page, narrow and wide, in both languages and both themes: it fits, keeps to the rules of accessibility, and is kept as a picture.</summary>
public sealed class PageTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Phone = "010-7777-0001";
    private const string Fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth";

    [ServerTheory(BrowserFixture.Chromium)]
    [InlineData("ko", 1440, false)]
    [InlineData("en", 1440, true)]
    [InlineData("ko", 360, true)]
    [InlineData("en", 360, false)]
    public async Task A_page_fits_and_everybody_can_use_it(string language, int width, bool dark)
    {
        await PrepareAsync();
        var visitor = await VisitAsync(language: language, width: width, dark: dark);
        foreach (var (name, page, shown) in new[]
        {
            ("resorts", "", ".card .free"), ("order", "book/gyeongju-lake", ".price .sum"), ("me", $"me/{Phone}", ".ledger li"),
            ("allotments", "staff/allotments?resort=boryeong-mudflat", "button.night"), ("deposits", "staff/deposits", ".rows li"),
            ("check-in", "staff/check-in", "#ticket"), ("dead-letters", "staff/dead-letters", ".panel"), ("operations", "staff/operations", ".sagas li"),
        })
        {
            await visitor.GoAsync(page);
            await visitor.SeesAsync(shown);
            if (name == "allotments") await visitor.Page.Locator("button.night").Last.ClickAsync();
            await visitor.PictureAsync($"{name}-{language}-{width}-{(dark ? "dark" : "light")}");
            (await visitor.Page.EvaluateAsync<bool>(Fits)).Should().BeTrue($"{name} fits into {width} pixels");
            if (width > 1000) (await visitor.Page.RunAxe()).Violations.Select(Describe).Should().BeEmpty(name); // what is narrow has the same elements and colours
        }
    }

    private static string Describe(AxeResultItem rule) => $"{rule.Id}: {string.Join(" | ", rule.Nodes.Select(node => $"{node.Html} {string.Join(' ', node.Any.Select(check => check.Message))}"))}";

    private async Task PrepareAsync()
    {
        if ((await Customer.GetAsync($"views/search/findByPhone?phone={Phone}")).Json.GetProperty("page").GetProperty("totalElements").GetInt32() > 0) return;
        foreach (var order in new[] { Customer.Order("gyeongju-lake", InDays(40), nights: 2), Customer.TransferOrder("boryeong-mudflat", InDays(3)) })
        {
            order["phone"] = Phone;
            await Customer.BookAsync(order);
        }
        await Probe.UntilAsync("points have come", () => Customer.PointsAsync(Phone), entries => entries.Count > 0);
        for (var n = 1; n < 6; n++) await Customer.BookAsync(Customer.Order("boryeong-mudflat", InDays(n), rooms: 8 * n > 20 ? 20 : 8 * n));
    }
}
