using System.Net;
using System.Net.Http.Json;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>Who may call what of the services, and how they tell their sidecar from others.</summary>
[Collection(SystemCollection.Name)]
public sealed class AccessTests(SystemFixture fixture)
{
    [Fact]
    public async Task No_app_may_call_another_except_where_a_policy_says_so()
    {
        foreach (var caller in fixture.System.Apps.Keys)
            foreach (var callee in fixture.System.Apps.Keys.Where(callee => callee != caller))
                (await CallAsync(caller, callee, "GET", "health/live")).Should().Be(HttpStatusCode.Forbidden, $"{caller} calls {callee}");
    }

    [Theory]
    [InlineData("gateway", "payment", "POST", "payments")]
    [InlineData("gateway", "payment", "POST", "refunds")]
    [InlineData("gateway", "payment", "POST", "deposit-receipts")]
    [InlineData("gateway", "issue", "POST", "ticket-cancellations")]
    [InlineData("gateway", "points", "POST", "point-reversals")]
    [InlineData("gateway", "view", "GET", "dapr/subscribe")]
    [InlineData("gateway", "view", "POST", "events/payment-paid")]
    [InlineData("view", "payment", "POST", "refunds")]
    [InlineData("issue", "payment", "POST", "payments")]
    [InlineData("points", "issue", "POST", "ticket-cancellations")]
    [InlineData("notification", "reservation", "DELETE", "reservations/01a1ff9e-ea8d-7abc-91bd-ba763937962d")]
    [InlineData("view", "reservation", "GET", "resorts")]
    public async Task Only_the_sagas_move_money_tickets_and_points_and_only_the_gateway_reaches_public_routes(string caller, string callee, string verb, string method)
    {
        (await CallAsync(caller, callee, verb, method)).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task No_app_may_read_a_secret()
    {
        foreach (var app in fixture.System.Apps.Keys)
        {
            using var sidecar = fixture.System.SidecarOf(app);
            (await sidecar.GetAsync("v1.0/secrets/secrets/anything")).StatusCode.Should().Be(HttpStatusCode.Forbidden, app);
        }
    }

    [Fact]
    public async Task With_tokens_services_serve_their_sidecar_only_and_sidecars_their_app()
    {
        await using var system = await ResortSystem.StartAsync(new Dictionary<string, string> { ["DAPR_API_TOKEN"] = "of-the-sidecars", ["APP_API_TOKEN"] = "of-the-apps" });
        using var customer = new Customer(system.Gateway);
        var booked = await customer.BookAsync(Customer.Order("jeju-ocean", InDays(51)));
        booked.Status.Should().Be(HttpStatusCode.Created, booked.Body);
        await customer.ViewAsync(booked["reservationid"]!, view => view.Text("reservationstatus") == "Confirmed" && view.Text("pointsstatus") == "Earned");
        await Probe.UntilAsync("the gateway reaches all, too", () => customer.GetAsync("operations"),
            answer => system.Apps.Keys.All(app => OperationsTests.Of(answer, app).GetProperty("ready").GetBoolean()));
        new ApiDocument((await customer.GetAsync("swagger/v1/swagger.json")).Json).Operations.Should().Contain(each => each.Path == "/payments/{paymentid}");
        using var stranger = new HttpClient();
        foreach (var (app, ports) in system.Apps)
        {
            (await stranger.GetAsync(new Uri($"http://127.0.0.1:{ports.SidecarHttp}/v1.0/metadata"))).StatusCode.Should().Be(HttpStatusCode.Unauthorized, app);
            (await stranger.GetAsync(new Uri($"http://127.0.0.1:{ports.App}/health/ready"))).StatusCode.Should().Be(HttpStatusCode.OK, app);
            if (app == "gateway") continue; // it is for the public
            using var refused = await stranger.PostAsJsonAsync(new Uri($"http://127.0.0.1:{ports.App}/refunds"), new { });
            (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType).Should().Be((HttpStatusCode.Unauthorized, "application/problem+json"), app);
        }
    }

    private async Task<HttpStatusCode> CallAsync(string caller, string callee, string verb, string method)
    {
        using var sidecar = fixture.System.SidecarOf(caller);
        using var request = new HttpRequestMessage(new HttpMethod(verb), $"v1.0/invoke/{callee}/method/{method}");
        using var answer = await sidecar.SendAsync(request);
        return answer.StatusCode;
    }
}
