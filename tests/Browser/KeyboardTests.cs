using System.Globalization;
using Resort.Tests.Harness.Servers;
using static Microsoft.Playwright.Assertions;

namespace Resort.Tests.Browser;

/// <summary>Without a mouse.</summary>
public sealed class KeyboardTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const int Patience = 80;

    [ServerFact(BrowserFixture.Chromium)]
    public async Task A_booking_is_made_and_cancelled_with_the_keyboard_alone_and_the_focus_is_never_lost()
    {
        var guest = await VisitAsync();
        var keyboard = guest.Page.Keyboard;
        await TabToAsync(guest, "#skip");
        await keyboard.PressAsync("Enter");
        await Expect(guest.Page.Locator("#main")).ToBeFocusedAsync();
        await TabToAsync(guest, "[data-resort=alpensia-valley] .button");
        await keyboard.PressAsync("Enter");

        await Expect(guest.Page.Locator("h1")).ToBeFocusedAsync();
        await TabToAsync(guest, "#name");
        await keyboard.TypeAsync("Park Jiho");
        await TabToAsync(guest, "#phone");
        await keyboard.TypeAsync(NewPhone());
        await TabToAsync(guest, "button[form=order]");
        await keyboard.PressAsync("Enter");

        await guest.Step("points", "done").WaitForAsync();
        await TabToAsync(guest, "[data-focus=cancel]");
        await keyboard.PressAsync("Enter");
        await Expect(guest.Page.Locator("dialog button").First).ToBeFocusedAsync(); // what cannot be taken back is not the first choice
        await keyboard.PressAsync("Escape");
        await Expect(guest.Page.Locator("[data-focus=cancel]")).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Enter");
        await Expect(guest.Page.Locator(".status")).ToHaveTextAsync("Cancelled");
        (await guest.Page.EvaluateAsync<string>("document.activeElement.tagName")).Should().NotBe("BODY");
    }

    [ServerFact(BrowserFixture.Chromium)]
    public async Task A_night_is_given_more_rooms_with_the_keyboard_alone()
    {
        var staff = await VisitAsync("staff/allotments?resort=jeju-hallasan&month=" + InDays(60).ToString("yyyy-MM", CultureInfo.InvariantCulture));
        var night = staff.Page.Locator("button.night").Last;
        var date = await night.GetAttributeAsync("data-date");
        await TabToAsync(staff, $"[data-date='{date}']");
        await staff.Page.Keyboard.PressAsync("Enter");
        await Expect(night).ToBeFocusedAsync();
        await TabToAsync(staff, "#capacity");
        await staff.Page.Keyboard.PressAsync("ArrowUp");
        await staff.Page.Keyboard.PressAsync("Enter");
        await staff.SeesTextAsync("Saved: 31 rooms");
        (await Customer.GetAsync($"resorts/jeju-hallasan/allotments/{date}"))["capacity"].Should().Be("31");
    }

    private static async Task TabToAsync(Visitor visitor, string selector)
    {
        var wanted = visitor.Page.Locator(selector);
        for (var n = 0; n < Patience; n++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
            if (await wanted.EvaluateAsync<bool>("element => element === document.activeElement")) return;
        }
        throw new TimeoutException($"{selector} is not reached within {Patience} steps");
    }
}
