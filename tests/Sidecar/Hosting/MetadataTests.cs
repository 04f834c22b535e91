using System.Net;
using System.Text;
using Resort.Sidecar.Hosting;

namespace Resort.Tests.Sidecar.Hosting;

public sealed class MetadataTests
{
    [Fact]
    public async Task A_sidecar_with_nothing_tells_this_and_in_this_order()
    {
        await using var sidecar = await SidecarFixture.OneAsync();

        (await sidecar.Http.GetStringAsync("/v1.0/metadata")).Should().Be(
            """
            {"id":"shop","runtimeVersion":"1.18.3","enabledFeatures":["HotReload","WorkflowsRemoteActivityReminder"],"extended":{"daprRuntimeVersion":"1.18.3"},"appConnectionProperties":{"protocol":"http","channelAddress":"127.0.0.1"},"actorRuntime":{"runtimeStatus":"DISABLED","hostReady":false,"placement":"placement: disconnected"}}

            """);
    }

    [Fact]
    public async Task The_connection_to_the_app_shows_with_its_health_checks()
    {
        await using var sidecar = await SidecarFixture.OneAsync(
            app: app => app.On("/ready"),
            options: options => options with { AppMaxConcurrency = 5, AppHealth = new AppHealthOptions("/ready", TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(700), 4) });

        var (_, body) = await sidecar.CallAsync(HttpMethod.Get, "/v1.0/metadata");

        body!["appConnectionProperties"]!.ToJsonString().Should().Be(
            "{\"port\":" + sidecar.App.Port +
            """,'protocol':'http','channelAddress':'127.0.0.1','maxConcurrency':5,'health':{'healthCheckPath':'/ready','healthProbeInterval':'2s','healthProbeTimeout':'700ms','healthThreshold':4}}""".Replace('\'', '"'));
    }

    [Fact]
    public async Task Resources_show_by_name()
    {
        await using var sidecar = await SidecarFixture.OneAsync(
            """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata: { name: environment }
            spec: { type: secretstores.local.env }
            ---
            apiVersion: dapr.io/v1alpha1
            kind: HTTPEndpoint
            metadata: { name: weather }
            spec: { baseUrl: "http://127.0.0.1:9" }
            """);

        var (_, body) = await sidecar.CallAsync(HttpMethod.Get, "/v1.0/metadata");

        body!["components"]!.ToJsonString().Should().Be("""[{"name":"environment","type":"secretstores.local.env"}]""");
        body["httpEndpoints"]!.ToJsonString().Should().Be("""[{"name":"weather"}]""");
    }

    [Theory]
    [InlineData("colour", "blue", "colour")]
    [InlineData("Colour", "Grün ✓", "Colour")]
    [InlineData("a%2Fb", "v", "a/b")]
    [InlineData("with%20blank", "", "with blank")]
    [InlineData("json", """{"a":1}""", "json")]
    public async Task An_attached_text_comes_back(string key, string value, string shown)
    {
        await using var sidecar = await SidecarFixture.OneAsync();

        (await PutAsync(sidecar, key, value)).Should().Be(HttpStatusCode.NoContent);

        var (_, body) = await sidecar.CallAsync(HttpMethod.Get, "/v1.0/metadata");
        body!["extended"]![shown]!.GetValue<string>().Should().Be(value);
    }

    [Fact]
    public async Task The_version_cannot_be_replaced_and_texts_do_not_outlive_the_sidecar()
    {
        await using var sidecar = await SidecarFixture.OneAsync();
        (await PutAsync(sidecar, "daprRuntimeVersion", "mine")).Should().Be(HttpStatusCode.NoContent);
        await PutAsync(sidecar, "colour", "blue");

        (await ExtendedAsync(sidecar)).Should().Be("""{"colour":"blue","daprRuntimeVersion":"1.18.3"}""");
        await sidecar.Fixture.RestartAsync();
        (await ExtendedAsync(sidecar)).Should().Be("""{"daprRuntimeVersion":"1.18.3"}""");
    }

    [Theory]
    [InlineData("PUT", "/v1.0/metadata")]
    [InlineData("PUT", "/v1.0/metadata/a/b")]
    [InlineData("GET", "/v1.0/metadata/colour")]
    [InlineData("POST", "/v1.0/metadata/colour")]
    [InlineData("GET", "/v1.0-alpha1/metadata")]
    public async Task Other_paths_and_verbs_are_unknown(string verb, string path)
    {
        await using var sidecar = await SidecarFixture.OneAsync();

        (await sidecar.CallAsync(new HttpMethod(verb), path)).Status.Should().Be(404);
    }

    private static async Task<HttpStatusCode> PutAsync(RunningSidecar sidecar, string key, string value)
    {
        using var answer = await sidecar.Http.PutAsync($"/v1.0/metadata/{key}", new StringContent(value, Encoding.UTF8, "text/plain"));
        return answer.StatusCode;
    }

    private static async Task<string> ExtendedAsync(RunningSidecar sidecar) =>
        (await sidecar.CallAsync(HttpMethod.Get, "/v1.0/metadata")).Body!["extended"]!.ToJsonString();
}
