using Resort.Sidecar.Hosting;

namespace Resort.Tests.Sidecar.Hosting;

public sealed class AppHealthTests
{
    private static readonly AppHealthOptions often = new("/ready", TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(40), 2);

    [Fact]
    public async Task The_app_is_asked_only_once_it_is_well()
    {
        var answers = new Queue<int>([503, 404, 200]);
        await using var sidecar = await SidecarFixture.OneAsync(
            app: app => app.On("/ready", _ => (answers.TryDequeue(out var status) ? status : 200, null)), options: options => options with { AppHealth = often });

        await sidecar.App.ReceivedAsync("/dapr/config");

        sidecar.App.Requests.Select(request => request.Path).TakeWhile(path => path != "/dapr/config").Should().HaveCountGreaterThanOrEqualTo(3).And.OnlyContain(path => path == "/ready");
    }

    [Fact]
    public async Task A_probe_carries_neither_token_nor_app_id()
    {
        await using var sidecar = await SidecarFixture.OneAsync(app: app => app.On("/ready"), options: options => options with { AppHealth = often, AppToken = "secret" });

        var probe = (await sidecar.App.ReceivedAsync("/ready"))[0];
        var question = (await sidecar.App.ReceivedAsync("/dapr/config"))[0];

        (probe.Header("dapr-api-token"), probe.Header("dapr-app-id")).Should().Be((null, null));
        (question.Header("dapr-api-token"), question.Header("dapr-app-id"), question.Header("content-type")).Should().Be(("secret", "shop", "application/json"));
    }

    [Fact]
    public async Task An_app_that_fails_as_often_as_the_threshold_is_ill_until_it_answers_again()
    {
        var status = 200;
        await using var sidecar = await SidecarFixture.OneAsync(app: app => app.On("/ready", _ => (status, null)), options: options => options with { AppHealth = often });

        status = 500;
        await Probe.UntilAsync("the app to be ill", () => !sidecar.Runtime.App!.IsHealthy);
        (await sidecar.CallAsync(HttpMethod.Get, "/v1.0/healthz")).Status.Should().Be(204);

        status = 200;
        await Probe.UntilAsync("the app to be well", () => sidecar.Runtime.App!.IsHealthy);
        sidecar.App.Requests.Count(request => request.Path == "/dapr/config").Should().Be(1);
    }

    [Theory]
    [InlineData(500, "no")]
    [InlineData(404, null)]
    [InlineData(200, "no JSON")]
    public async Task What_the_app_answers_about_its_configuration_does_not_matter(int status, string? body)
    {
        await using var sidecar = await SidecarFixture.OneAsync(app: app => app.On("/dapr/config", status, body));

        (await sidecar.CallAsync(HttpMethod.Get, "/v1.0/healthz")).Status.Should().Be(204);
    }
}
