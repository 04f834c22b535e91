using Dapr;
using Dapr.Client;

namespace Resort.Tests.Sdk.Client;

/// <summary>The environment belongs to the whole process, so these run alone.</summary>
[Collection(nameof(EnvironmentTests))]
[CollectionDefinition(nameof(EnvironmentTests), DisableParallelization = true)]
public sealed class EnvironmentTests : IDisposable
{
    private static readonly string[] names = ["DAPR_HTTP_PORT", "DAPR_HTTP_ENDPOINT", "DAPR_API_TOKEN"];
    private readonly string?[] before = [.. names.Select(Environment.GetEnvironmentVariable)];

    public void Dispose()
    {
        foreach (var (name, value) in names.Zip(before))
            Environment.SetEnvironmentVariable(name, value);
    }

    [Fact]
    public async Task A_client_that_is_told_nothing_finds_its_sidecar_by_the_environment()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        Environment.SetEnvironmentVariable("DAPR_HTTP_ENDPOINT", sidecar.Endpoint);
        Environment.SetEnvironmentVariable("DAPR_API_TOKEN", "t1");
        using var client = new DaprClientBuilder().Build();
        await client.SaveStateAsync("store", "key", 1);
        sidecar.Request.Header("dapr-api-token").Should().Be("t1");
    }

    [Fact]
    public async Task The_handler_takes_the_token_of_the_environment_and_the_static_client_none()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(context => Task.CompletedTask);
        Environment.SetEnvironmentVariable("DAPR_HTTP_PORT", new Uri(sidecar.Endpoint).Port.ToString(null, null));
        Environment.SetEnvironmentVariable("DAPR_API_TOKEN", "t1");
        using (var client = new HttpClient(new InvocationHandler { InnerHandler = new SocketsHttpHandler() }))
            await client.GetAsync("http://app/x");
        sidecar.Request.Header("dapr-api-token").Should().Be("t1");

        await using var other = await ScriptedSidecar.StartAsync(204);
        using (var client = DaprClient.CreateInvokeHttpClient("app", other.Endpoint))
            await client.GetAsync("x");
        other.Request.Header("dapr-api-token").Should().BeNull();
    }

    [Fact]
    public void An_empty_configuration_value_hides_the_environment()
    {
        Environment.SetEnvironmentVariable("DAPR_API_TOKEN", "t1");
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager { ["DAPR_API_TOKEN"] = "" };
        DaprDefaults.GetDefaultDaprApiToken(configuration).Should().BeEmpty();
        DaprDefaults.GetDefaultDaprApiToken(null).Should().Be("t1");
    }
}
