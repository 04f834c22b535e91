using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;
using static Microsoft.Playwright.Assertions;

namespace Resort.Tests.Browser;

/// <summary>From the choice of a resort to its ticket, and what is said where there is none.</summary>
public sealed class BookingTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [ServerFact(BrowserFixture.Chromium)]
    public async Task A_guest_sees_his_ticket_and_points_come_and_his_money_come_back_without_loading_the_page_again()
    {
        var phone = NewPhone();
        var guest = await VisitAsync();
        await guest.Page.FillAsync("#date", Text(InDays(20)));
        await guest.Page.Locator("[data-resort=yeosu-harbour] .button").ClickAsync();
        await Expect(guest.Page.Locator("#date")).ToHaveValueAsync(Text(InDays(20))); // also when the click comes before the answer
        await Expect(guest.Page.Locator(".price .sum").Last).ToHaveTextAsync("₩300,000");
        await guest.FillAsync(phone: phone, needs: "A cot, please");
        await guest.Submit.ClickAsync();

        await guest.Step("ticket", "done").WaitForAsync();
        await guest.Step("points", "done").WaitForAsync();
        await Expect(guest.Page.Locator(".ticket .number")).ToHaveTextAsync(new Regex("^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$"));
        await Expect(guest.Page.Locator(".balance")).ToContainTextAsync("30,000");
        await guest.PictureAsync("ticket-en");

        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel reservation" }).ClickAsync();
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
        await Expect(guest.Page.Locator(".status")).ToHaveTextAsync("Confirmed");
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel reservation" }).ClickAsync();
        await guest.PictureAsync("cancel-dialog-en");
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, cancel" }).ClickAsync();

        await Expect(guest.Page.Locator(".status")).ToHaveTextAsync("Cancelled");
        await Expect(guest.Page.Locator("[data-payment]")).ToHaveTextAsync("Refunded");
        foreach (var step in new[] { "cancelling", "pointsback", "ticketback", "refund", "roomsback" }) await guest.Step(step, "undone").WaitForAsync();
        await Expect(guest.Page.Locator(".balance")).ToHaveTextAsync("0 points");
        await guest.PictureAsync("cancelled-en");
        guest.Loads.Should().Be(1);
    }

    [ServerFact(BrowserFixture.Chromium)]
    public async Task Two_clicks_book_once()
    {
        var phone = NewPhone();
        var guest = await VisitAsync(Order("seorak-ridge", 21));
        await guest.FillAsync(phone: phone);
        await guest.Submit.DblClickAsync();
        await guest.Step("ticket", "done").WaitForAsync();
        (await Customer.GetAsync($"views/search/findByPhone?phone={phone}")).Json.GetProperty("page").GetProperty("totalElements").GetInt32().Should().Be(1);
    }

    [ServerFact(BrowserFixture.Chromium)]
    public async Task A_resort_that_was_sold_out_meanwhile_says_so_and_leads_to_the_others()
    {
        var guest = await VisitAsync(Order("jirisan-hermitage", 22));
        guest.Expect(409);
        await guest.FillAsync(phone: NewPhone());
        (await Customer.BookAsync(Customer.Order("jirisan-hermitage", InDays(22), nights: 2, rooms: 10))).Status.Should().Be(HttpStatusCode.Created);
        await guest.Submit.ClickAsync();
        await guest.SeesTextAsync("Just sold out");
        await guest.PictureAsync("sold-out-en");
        await guest.Page.GetByText("See other resorts").ClickAsync();
        await guest.Page.FillAsync("#date", Text(InDays(22)));
        await Expect(guest.Page.Locator("[data-resort=jirisan-hermitage]")).ToContainTextAsync("Sold out");
        await guest.PictureAsync("resorts-sold-out-en");
    }

    [ServerFact(BrowserFixture.Chromium)]
    public async Task A_declined_card_is_told_and_another_one_books()
    {
        var guest = await VisitAsync(Order("gyeongju-lake", 23));
        guest.Expect(402);
        await guest.FillAsync(phone: NewPhone(), card: "tok_declined");
        await guest.Submit.ClickAsync();
        await guest.SeesTextAsync("Your card was declined");
        await guest.PictureAsync("declined-en");
        await guest.FillAsync(card: "tok_ok");
        await guest.Submit.ClickAsync();
        await guest.Step("ticket", "done").WaitForAsync();
    }

    [ServerFact(BrowserFixture.Chromium)]
    public async Task When_payment_is_not_available_the_next_try_waits_as_long_as_it_is_told_to()
    {
        var guest = await VisitAsync(Order("haeundae-bay", 24), "ko");
        guest.Expect(503);
        await guest.FillAsync(phone: NewPhone(), card: "tok_unavailable");
        await guest.Page.Clock.InstallAsync();
        await guest.Submit.ClickAsync();
        await guest.SeesTextAsync("지금은 결제할 수 없습니다");
        await Expect(guest.Submit).ToContainTextAsync("초 뒤에");
        await Expect(guest.Submit).ToBeDisabledAsync();
        await guest.PictureAsync("payment-unavailable-ko");
        // the breaker too has to see that the provider is back
        await Probe.UntilAsync("payments are possible again", () => Customer.BookAsync(Customer.Order("haeundae-bay", InDays(24))), answer => answer.Status is HttpStatusCode.Created);
        await guest.FillAsync(card: "tok_ok");
        await guest.Page.Clock.FastForwardAsync(11_000);
        await Expect(guest.Submit).ToBeEnabledAsync();
        await guest.Submit.ClickAsync();
        await guest.Step("ticket", "done").WaitForAsync();
    }

    [ServerFact(BrowserFixture.Chromium)]
    public async Task What_is_wrong_is_said_beside_its_field_and_the_first_of_them_has_the_focus()
    {
        var guest = await VisitAsync(Order("jeju-ocean", 25), "ko", width: 360);
        guest.Expect(422);
        await guest.Page.FillAsync("#persons", "9");
        await guest.FillAsync(name: "", phone: "nobody");
        await guest.Submit.ClickAsync();
        await Expect(guest.Page.Locator("#persons-error")).ToHaveTextAsync("객실당 최대 4명입니다.");
        await Expect(guest.Page.Locator("#name-error")).ToContainTextAsync("이름을 입력해 주세요");
        await Expect(guest.Page.Locator("#phone-error")).ToHaveTextAsync("전화번호를 확인해 주세요.");
        await Expect(guest.Page.Locator("#persons")).ToBeFocusedAsync();
        await guest.PictureAsync("invalid-ko-360");
    }

    private static string Order(string resort, int days) => $"book/{resort}?date={Text(InDays(days))}&nights=2&rooms=1&persons=2";

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
