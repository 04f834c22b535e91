using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Browser;

/// <summary>The page of the API.</summary>
public sealed class SwaggerTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [ServerFact(BrowserFixture.Chromium)]
    public async Task A_booking_can_be_tried_out()
    {
        var visitor = await VisitAsync();
        await visitor.Page.GotoAsync($"{Running.Gateway}swagger");
        await visitor.SeesTextAsync("/pointHistories/search/findByPhoneNumberOrderByCreateTime");
        await visitor.PictureAsync("swagger");
        await visitor.Page.Locator(".opblock-post .opblock-summary-control", new() { HasText = "Reserves rooms" }).ClickAsync();
        await visitor.Page.Locator(".try-out__btn").ClickAsync();
        await visitor.Page.Locator(".btn.execute").ClickAsync();
        await visitor.Page.Locator(".live-responses-table .response-col_status", new() { HasText = "201" }).WaitForAsync();
        await visitor.PictureAsync("swagger-booking");
    }
}
