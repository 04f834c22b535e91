using Dapr.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Resort.Tests.Sdk.AspNetCore;

/// <summary>How an application gets its client.</summary>
public class RegistrationTests
{
    [Fact]
    public async Task The_client_finds_its_sidecar_by_the_configuration()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        await using var services = Services(sidecar, all => all.AddDaprClient());
        await services.GetRequiredService<DaprClient>().SaveStateAsync("store", "key", 1);
        sidecar.Request.Header("dapr-api-token").Should().Be("t1");
    }

    [Fact]
    public async Task What_is_configured_in_code_wins()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        await using var services = Services(sidecar, all => all.AddDaprClient(configure: builder => builder.UseDaprApiToken("t2")));
        await services.GetRequiredService<DaprClient>().SaveStateAsync("store", "key", 1);
        sidecar.Request.Header("dapr-api-token").Should().Be("t2");
    }

    [Fact]
    public async Task Configuring_can_use_services_and_the_first_registration_wins()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        await using var services = Services(sidecar, all =>
        {
            all.AddSingleton("t3");
            all.AddDaprClient((provider, builder) => builder.UseDaprApiToken(provider.GetRequiredService<string>()), ServiceLifetime.Scoped);
            all.AddDaprClient();
        });
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DaprClient>().SaveStateAsync("store", "key", 1);
        sidecar.Request.Header("dapr-api-token").Should().Be("t3");
        services.CreateScope().ServiceProvider.GetRequiredService<DaprClient>().Should().NotBeSameAs(scope.ServiceProvider.GetRequiredService<DaprClient>());
    }

    private static ServiceProvider Services(ScriptedSidecar sidecar, Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationManager { ["DAPR_HTTP_ENDPOINT"] = sidecar.Endpoint, ["DAPR_API_TOKEN"] = "t1" });
        add(services);
        return services.BuildServiceProvider(validateScopes: true);
    }
}
