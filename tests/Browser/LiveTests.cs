using System.Globalization;
using Microsoft.Playwright;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;
using static Microsoft.Playwright.Assertions;

namespace Resort.Tests.Browser;

/// <summary>What goes on elsewhere is seen on My Page while it happens.</summary>
public sealed class LiveTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [ServerFact(BrowserFixture.Chromium)]
    public async Task A_transfer_waits_for_staff_and_the_ticket_comes_as_soon_as_they_confirm_it()
    {
        var guest = await VisitAsync($"book/alpensia-valley?date={InDays(30).ToString("O", CultureInfo.InvariantCulture)}", "ko");
        await guest.FillAsync(name: "이서연", phone: NewPhone());
        await guest.Page.GetByLabel("계좌 이체").CheckAsync();
        await guest.Submit.ClickAsync();
        await guest.Step("deposit", "now").WaitForAsync();
        await guest.PictureAsync("awaiting-deposit-ko");

        var staff = await VisitAsync("staff/deposits");
        await staff.PictureAsync("deposits-en");
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm the deposit of 이서연" }).ClickAsync();
        await staff.SeesTextAsync("is confirmed");

        await guest.Step("ticket", "done").WaitForAsync();
        await Expect(guest.Page.Locator(".status")).ToHaveTextAsync("예약 확정");
        guest.Loads.Should().Be(1);
    }

    [ServerFact(BrowserFixture.Chromium)]
    public async Task While_Issue_is_down_the_ticket_is_being_issued_and_it_comes_when_Issue_is_back()
    {
        await using var outage = await Outage.BeginAsync(Running, "issue", OutageKind.Down);
        var guest = await VisitAsync($"book/muju-snowfield?date={InDays(31).ToString("O", CultureInfo.InvariantCulture)}");
        await guest.FillAsync(phone: NewPhone());
        await guest.Submit.ClickAsync();
        await guest.Step("ticket", "now").WaitForAsync();
        await guest.SeesTextAsync("Ticket is being issued…");
        await guest.PictureAsync("being-issued-en");
        await outage.EndAsync();
        await guest.Step("ticket", "done").WaitForAsync();
        await guest.Step("points", "done").WaitForAsync();
        guest.Loads.Should().Be(1);
    }

    [ServerFact(BrowserFixture.Chromium)]
    public async Task Where_the_stream_of_events_does_not_pass_the_page_asks_again_by_itself()
    {
        var booked = await Customer.BookAsync(Customer.TransferOrder("seorak-ridge", InDays(32)));
        var id = booked["reservationid"]!;
        await Customer.ViewAsync(id, view => view.Text("reservationstatus") == "AwaitingDeposit");
        var guest = await VisitAsync();
        guest.ExpectNoStream();
        await guest.Page.RouteAsync("**/views/stream*", route => route.AbortAsync());
        await guest.GoAsync($"me/{id}");
        await guest.Step("deposit", "now").WaitForAsync();
        await Customer.DepositAsync(id);
        await guest.Step("points", "done").WaitForAsync();
    }
}
