namespace Resort.Tests.Sidecar.Hosting;

public sealed class HealthTests
{
    [Theory]
    [InlineData("/v1.0/healthz")]
    [InlineData("/v1.0/healthz/")]
    [InlineData("/v1.0/healthz?appid=shop")]
    [InlineData("/v1.0/healthz?appId=other")]
    [InlineData("/v1.0/healthz/outbound")]
    [InlineData("/v1.0/healthz/outbound?appid=other")]
    public async Task A_sidecar_without_app_is_ready_at_once(string path)
    {
        await using var sidecar = await SidecarFixture.OneAsync();

        (await sidecar.CallAsync(HttpMethod.Get, path)).Status.Should().Be(204);
    }

    [Theory]
    [InlineData("other")]
    [InlineData("Shop")]
    [InlineData("")]
    public async Task Another_app_id_does_not_match(string appId)
    {
        await using var sidecar = await SidecarFixture.OneAsync();

        var (status, body) = await sidecar.CallAsync(HttpMethod.Get, $"/v1.0/healthz?appid={appId}");

        status.Should().Be(500);
        body!.ToJsonString().Should().Be("""{"errorCode":"ERR_HEALTH_APPID_NOT_MATCH","message":"dapr app-id does not match"}""");
    }

    [Fact]
    public async Task Healthz_waits_for_the_app_and_outbound_does_not()
    {
        await using var fixture = new SidecarFixture();
        var app = new ScriptedApp();
        var sidecar = await fixture.StartAsync("late", app, waitForApp: false);

        var (status, body) = await sidecar.CallAsync(HttpMethod.Get, "/v1.0/healthz?appid=other");
        status.Should().Be(500);
        body!.ToJsonString().Should().Be("""{"errorCode":"ERR_HEALTH_NOT_READY","message":"dapr is not ready: [runtime]"}""");
        (await sidecar.CallAsync(HttpMethod.Get, "/v1.0/healthz/outbound")).Status.Should().Be(204);
        (await sidecar.CallAsync(HttpMethod.Get, "/v1.0/metadata")).Body!["actorRuntime"]!["runtimeStatus"]!.GetValue<string>().Should().Be("INITIALIZING");

        await app.StartAsync();

        await sidecar.BecomesReadyAsync();
        app.Requests.Select(request => request.Path).First().Should().Be("/dapr/config");
    }

    [Fact]
    public async Task The_api_token_protects_everything_but_health()
    {
        await using var sidecar = await SidecarFixture.OneAsync(options: options => options with { ApiToken = "key" });

        (await sidecar.CallAsync(HttpMethod.Get, "/v1.0/healthz")).Status.Should().Be(204);
        (await sidecar.CallAsync(HttpMethod.Get, "/v1.0/healthz/outbound")).Status.Should().Be(204);
        using var refused = await sidecar.Http.GetAsync("/v1.0/metadata");
        ((int)refused.StatusCode).Should().Be(401);
        (await refused.Content.ReadAsStringAsync()).Should().Be("invalid api token\n");
        sidecar.Http.DefaultRequestHeaders.Add("dapr-api-token", "key");
        (await sidecar.CallAsync(HttpMethod.Get, "/v1.0/metadata")).Status.Should().Be(200);
    }
}
