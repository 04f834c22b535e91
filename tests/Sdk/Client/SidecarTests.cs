using System.Net;
using System.Net.Http.Json;
using Dapr;
using Dapr.Client;
using Dapr.Extensions.Configuration;
using Microsoft.Extensions.Configuration;

namespace Resort.Tests.Sdk.Client;

/// <summary>Secrets, invocation, health and metadata against the embedded sidecar.</summary>
public class SidecarTests(EmbeddedSidecar sidecar) : IClassFixture<EmbeddedSidecar>
{
    private readonly DaprClient client = sidecar.Client;

    [Fact]
    public async Task A_secret_can_have_one_value_or_several()
    {
        (await client.GetSecretAsync("secrets", "card-key")).Should().Equal(new Dictionary<string, string> { ["card-key"] = "k1" });
        (await client.GetSecretAsync("secrets", "database")).Should().HaveCount(2).And.Contain("Database__User", "u1");
    }

    [Fact]
    public async Task All_secrets_come_by_name()
    {
        var all = await client.GetBulkSecretAsync("secrets");
        all.Keys.Should().BeEquivalentTo("card-key", "database");
        all["database"].Should().Contain("Database__Password", "p1");
    }

    [Theory]
    [InlineData("nowhere", "card-key", "*401 ERR_SECRET_STORE_NOT_FOUND*nowhere*")]
    [InlineData("secrets", "nothing", "*500 ERR_SECRET_GET*nothing*")]
    public async Task A_secret_that_does_not_exist_is_told(string store, string key, string message) =>
        await ((Func<Task>)(() => client.GetSecretAsync(store, key))).Should().ThrowAsync<DaprException>().WithMessage(message);

    [Fact]
    public void Secrets_become_configuration()
    {
        var configuration = new ConfigurationBuilder().AddDaprSecretStore("secrets", client).Build();
        configuration["Database:Password"].Should().Be("p1");
        configuration["card-key"].Should().Be("k1");
    }

    [Fact]
    public async Task An_application_is_invoked_by_name()
    {
        using var shop = client.CreateInvokableHttpClient("shop");
        using var answer = await shop.PostAsJsonAsync("echo?a=1", new Held("r1", 2));
        (await answer.Content.ReadAsStringAsync()).Should().Be("""?a=1 {"reservationId":"r1","rooms":2}""");
        using var teapot = await shop.GetAsync("teapot");
        teapot.StatusCode.Should().Be((HttpStatusCode)418);
    }

    [Fact]
    public async Task A_token_can_be_given_by_hand()
    {
        using var shop = DaprClient.CreateInvokeHttpClient("shop", sidecar.HttpEndpoint, "t1");
        (await shop.GetAsync("teapot")).StatusCode.Should().Be((HttpStatusCode)418);
        using var stranger = DaprClient.CreateInvokeHttpClient("shop", sidecar.HttpEndpoint);
        (await stranger.GetAsync("teapot")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_wrong_token_is_told()
    {
        using var stranger = new DaprClientBuilder().UseHttpEndpoint(sidecar.HttpEndpoint).UseDaprApiToken("another").Build();
        await ((Func<Task>)(() => stranger.GetStateAsync<int>("store", "key"))).Should().ThrowAsync<DaprException>().WithMessage("*401 invalid api token");
    }

    [Fact]
    public async Task A_running_sidecar_is_healthy()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await client.WaitForSidecarAsync(deadline.Token);
        (await client.CheckOutboundHealthAsync(deadline.Token)).Should().BeTrue();
        (await client.CheckHealthAsync(deadline.Token)).Should().BeTrue();
    }

    [Fact]
    public async Task Metadata_shows_the_components_and_what_was_set()
    {
        await client.SetMetadataAsync("a/b", "c d");
        var metadata = await client.GetMetadataAsync();
        metadata.Id.Should().Be("shop");
        metadata.Extended.Should().Contain("a/b", "c d");
        metadata.Components.Select(component => (component.Name, component.Type)).Should()
            .BeEquivalentTo([("store", "state.in-memory"), ("pubsub", "pubsub.in-memory"), ("secrets", "secretstores.local.file")]);
        metadata.Components.Single(component => component.Name == "store").Capabilities.Should().Contain("ETAG");
    }
}
