using System.Net;
using System.Text.RegularExpressions;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;
using static Microsoft.Playwright.Assertions;

namespace Resort.Tests.Browser;

/// <summary>What a guest writes is never more than text, and what is served keeps the page to itself.</summary>
public sealed partial class SafetyTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const int Limit = 150_000;
    private const string Attack = "\"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}";
    private static readonly string folder = Repository.PathOf("services/View/wwwroot");

    [ServerFact(BrowserFixture.Chromium)]
    public async Task Markup_in_a_name_or_a_wish_is_shown_as_it_was_written()
    {
        var phone = NewPhone();
        var order = Customer.TransferOrder("jeju-hallasan", InDays(33));
        (order["name"], order["needs"], order["phone"]) = (Attack, Attack, phone);
        var id = (await Customer.BookAsync(order))["reservationid"]!;
        await Customer.ViewAsync(id, view => view.Text("reservationstatus") == "AwaitingDeposit");

        var dialogs = 0;
        var reader = await VisitAsync($"me/{phone}");
        reader.Page.Dialog += (_, dialog) => { dialogs++; _ = dialog.DismissAsync(); };
        await Expect(reader.Page.Locator(".needs")).ToContainTextAsync(Attack);
        await reader.PictureAsync("markup-en");
        foreach (var page in new[] { "staff/deposits", "staff/operations" })
        {
            await reader.GoAsync(page);
            await reader.SeesAsync($"[data-reservation='{id}']");
        }
        await reader.GoAsync("staff/check-in");
        await reader.Page.FillAsync("#ticket", phone);
        await reader.Page.Keyboard.PressAsync("Enter");
        await Expect(reader.Page.Locator(".rows strong")).ToHaveTextAsync(Attack);
        (await reader.Page.Locator("img[src=x], main script").CountAsync()).Should().Be(0);
        dialogs.Should().Be(0);
        await Customer.CancelAsync(id);
    }

    [ServerFact(BrowserFixture.Chromium)]
    public async Task The_page_may_load_nothing_from_elsewhere_and_be_framed_by_nobody()
    {
        foreach (var path in new[] { "", "web/app.js", "web/pictures/jeju-ocean.svg" })
        {
            var answer = await Customer.GetAsync(path);
            string Header(string name) => string.Join(',', answer.Headers!.GetValues(name));
            answer.Status.Should().Be(HttpStatusCode.OK);
            Header("Content-Security-Policy").Should().Contain("default-src 'none'").And.Contain("frame-ancestors 'none'").And.NotContain("unsafe");
            (Header("X-Content-Type-Options"), Header("X-Frame-Options"), Header("Referrer-Policy"), Header("Cache-Control")).Should().Be(("nosniff", "DENY", "no-referrer", "no-cache"));
            var again = await Customer.SendAsync(HttpMethod.Get, path, headers: ("If-None-Match", Header("ETag")));
            (again.Status, again.Body).Should().Be((HttpStatusCode.NotModified, ""));
        }
    }

    [Fact]
    public void All_of_it_is_small_and_names_no_other_host()
    {
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        files.Sum(file => new FileInfo(file).Length).Should().BeLessThan(Limit);
        files.Where(file => OtherHost().IsMatch(File.ReadAllText(file))).Should().BeEmpty();
        files.Where(file => MarkupFromText().IsMatch(File.ReadAllText(file))).Should().BeEmpty("text is put into elements, never read as markup");
    }

    [GeneratedRegex(@"(https?:)?//(?!www\.w3\.org/2000/svg)[a-z0-9-]+\.[a-z]", RegexOptions.IgnoreCase)]
    private static partial Regex OtherHost();

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function|\son\w+=""")]
    private static partial Regex MarkupFromText();
}
