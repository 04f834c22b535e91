using System.Globalization;
using Microsoft.Playwright;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;
using static Microsoft.Playwright.Assertions;

namespace Resort.Tests.Browser;

/// <summary>What staff does and sees.</summary>
public sealed class StaffTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [ServerFact(BrowserFixture.Chromium)]
    public async Task A_night_is_lowered_to_what_is_sold_and_not_below()
    {
        var day = InDays(50);
        for (var n = 0; n < 3; n++) await Customer.BookAsync(Customer.Order("seorak-ridge", day));
        var staff = await VisitAsync($"staff/allotments?resort=seorak-ridge&month={day.ToString("yyyy-MM", CultureInfo.InvariantCulture)}");
        staff.Expect(409);
        var night = staff.Page.Locator($"[data-date='{day:O}']");
        await Expect(night).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("47 free, 0 held, 3 sold"));
        await night.ClickAsync();
        await staff.Page.FillAsync("#capacity", "2");
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await staff.SeesTextAsync("3 are sold and 0 held: it cannot be less.");
        await staff.Page.FillAsync("#capacity", "4");
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "One fewer" }).ClickAsync();
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await staff.SeesTextAsync("Saved: 3 rooms");
        await Expect(night).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("heat-10"));
        await staff.PictureAsync("allotment-full-en");
    }

    [ServerFact(BrowserFixture.Chromium)]
    public async Task A_guest_is_checked_in_by_his_ticket_and_cannot_cancel_any_more()
    {
        var booked = await Customer.BookAsync(Customer.Order("yeosu-harbour", InDays(1)));
        var view = await Customer.ViewAsync(booked["reservationid"]!, view => view.Text("ticketnumber") is not null && view.Text("pointsstatus") is not null);
        var staff = await VisitAsync("staff/check-in", "ko");
        await staff.Page.FillAsync("#ticket", view.Text("ticketnumber")!.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant());
        await staff.Page.Keyboard.PressAsync("Enter");
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Kim Minji 님 체크인" }).ClickAsync();
        await staff.SeesTextAsync("Kim Minji 님이 체크인했습니다.");
        await staff.PictureAsync("checked-in-ko");
        await Customer.ViewAsync(booked["reservationid"]!, view => view.Text("reservationstatus") == "CheckedIn");

        var guest = await VisitAsync($"me/{booked["reservationid"]}");
        await guest.Step("checkedin", "done").WaitForAsync();
        await Expect(guest.Page.Locator("[data-focus=cancel]")).ToHaveCountAsync(0);
    }

    [ServerFact(BrowserFixture.Chromium)]
    public async Task A_dead_letter_is_seen_with_its_reason_and_sent_again()
    {
        using var sidecar = Running.SidecarOf("gateway");
        using var body = new StringContent("""{"nonsense":"<b>true</b>"}""", null, "application/json");
        (await sidecar.PostAsync("v1.0/publish/pubsub/payment-paid?metadata.cloudevent.id=unreadable&metadata.cloudevent.type=PaymentPaid", body)).EnsureSuccessStatusCode();
        await Probe.UntilAsync("a dead letter", () => Customer.GetAsync("dead-letters"), answer => answer.Json.GetProperty("page").GetProperty("totalElements").GetInt32() > 0, TimeSpan.FromSeconds(60));

        var staff = await VisitAsync("staff/dead-letters");
        var letter = staff.Page.Locator(".letters > li").First;
        await letter.Locator("summary").ClickAsync();
        await Expect(letter.Locator("pre")).ToContainTextAsync("<b>true</b>");
        await staff.PictureAsync("dead-letters-en");
        var id = await letter.GetAttributeAsync("data-letter");
        await letter.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        await staff.SeesTextAsync("It was sent to payment-paid again.");
        await Expect(staff.Page.Locator($"[data-letter='{id}']")).ToContainTextAsync("2 attempts"); // its consumer cannot read it now either
    }

    [ServerFact(BrowserFixture.Chromium)]
    public async Task Operations_show_figures_and_what_is_under_way_with_its_history()
    {
        await Customer.BookAsync(Customer.Order("haeundae-bay", InDays(51)));
        var waiting = (await Customer.BookAsync(Customer.TransferOrder("haeundae-bay", InDays(51))))["reservationid"]!;
        await Customer.ViewAsync(waiting, view => view.Text("reservationstatus") == "AwaitingDeposit");
        var staff = await VisitAsync("staff/operations");
        await Expect(staff.Page.Locator(".charts .chart")).ToHaveCountAsync(2);
        await Expect(staff.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("Bookings per minute") })).ToBeVisibleAsync();
        var saga = staff.Page.Locator($"[data-reservation='{waiting}']");
        await Expect(saga).ToHaveAttributeAsync("data-stuck", "false");
        await saga.Locator("summary").ClickAsync();
        await Expect(saga.Locator(".history")).ToContainTextAsync("Deposit awaited");
        await staff.PictureAsync("operations-en");
    }

    [ServerFact(BrowserFixture.Chromium)]
    public async Task Services_that_are_down_and_breakers_that_are_open_stand_out()
    {
        var staff = await VisitAsync();
        await staff.Page.RouteAsync("**/operations", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """
            {"services":[{"app":"reservation","ready":true,"sidecar":true,"breakers":[{"name":"payment-breaker","target":"payment","state":"open"}]},
                         {"app":"payment","ready":false,"sidecar":false,"breakers":null}]}
            """ }));
        await staff.Page.RouteAsync(url => new Uri(url).AbsolutePath == "/", async route =>
        {
            if (route.Request.ResourceType != "fetch") { await route.ContinueAsync(); return; }
            var entry = (await Customer.SendAsync(HttpMethod.Get, "", headers: ("Accept", "application/hal+json"))).Body;
            await route.FulfillAsync(new() { ContentType = "application/hal+json", Body = entry.Replace("\"_links\":{", "\"_links\":{\"operations\":{\"href\":\"/operations\"},", StringComparison.Ordinal) });
        });
        await staff.GoAsync("staff/operations");
        await staff.Page.ReloadAsync(); // where the API begins was known by then
        await Expect(staff.Page.Locator("[data-app=reservation] .breaker")).ToHaveTextAsync("breaker payment open");
        await Expect(staff.Page.Locator("[data-app=payment]")).ToContainTextAsync("down");
        await staff.PictureAsync("operations-outage-en");
    }
}
