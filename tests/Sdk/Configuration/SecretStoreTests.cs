using Dapr;
using Dapr.Extensions.Configuration;
using Dapr.Extensions.Configuration.DaprSecretStore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Resort.Tests.Sdk.Configuration;

/// <summary>Secrets as configuration.</summary>
public class SecretStoreTests
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task All_secrets_become_keys()
    {
        await using var sidecar = await StoreAsync(("bulk", """{"db":{"Db__Password":"p","user":"u"},"key":{"key":"k"}}"""));
        using var client = sidecar.Client();
        var configuration = new ConfigurationBuilder().AddDaprSecretStore("secrets", client).Build();
        configuration["Db:Password"].Should().Be("p");
        configuration["user"].Should().Be("u");
        configuration["key"].Should().Be("k");
    }

    [Fact]
    public async Task Described_secrets_get_their_names()
    {
        await using var sidecar = await StoreAsync(("card", """{"card":"c"}"""), ("several", """{"a":"1","b":"2"}"""));
        using var client = sidecar.Client();
        DaprSecretDescriptor[] secrets = [new("Payment__Card", isRequired: true, secretKey: "card"), new("several"), new("missing", isRequired: false)];
        var configuration = new ConfigurationBuilder().AddDaprSecretStore("secrets", secrets, client, patience).Build();
        configuration["Payment:Card"].Should().Be("c");
        configuration["a"].Should().Be("1");
        configuration["b"].Should().Be("2");
    }

    [Fact]
    public async Task A_missing_secret_is_an_exception_unless_it_may_be_missing()
    {
        await using var sidecar = await StoreAsync();
        using var client = sidecar.Client();
        var add = () => new ConfigurationBuilder().AddDaprSecretStore("secrets", [new DaprSecretDescriptor("missing")], client).Build();
        add.Should().Throw<DaprException>().WithMessage("*missing*");
    }

    [Fact]
    public async Task Two_secrets_for_one_key_are_an_exception()
    {
        await using var sidecar = await StoreAsync(("bulk", """{"a":{"x__y":"1"},"b":{"X:Y":"2"}}"""));
        using var client = sidecar.Client();
        var add = () => new ConfigurationBuilder().AddDaprSecretStore("secrets", client, patience).Build();
        add.Should().Throw<InvalidOperationException>().WithMessage("*X:Y*");
    }

    [Fact]
    public async Task Keys_can_stay_as_they_are_or_have_other_delimiters()
    {
        await using var sidecar = await StoreAsync(("bulk", """{"a":{"x__y.z":"1"}}"""));
        using var client = sidecar.Client();
        Load(new() { Store = "secrets", Client = client, NormalizeKey = false })["x__y.z"].Should().Be("1");
        Load(new() { Store = "secrets", Client = client, KeyDelimiters = ["__", "."] })["x:y:z"].Should().Be("1");
    }

    [Fact]
    public async Task A_sidecar_that_does_not_come_is_a_timeout()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(500);
        using var client = sidecar.Client();
        var add = () => new ConfigurationBuilder().AddDaprSecretStore("secrets", client, TimeSpan.FromMilliseconds(50)).Build();
        add.Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public async Task Optional_secrets_come_later()
    {
        var ready = false;
        await using var sidecar = await ScriptedSidecar.StartAsync(context =>
        {
            context.Response.StatusCode = Volatile.Read(ref ready) ? 200 : 500;
            return context.Response.WriteAsync("""{"a":{"key":"k"}}""");
        });
        using var client = sidecar.Client();
        var configuration = new ConfigurationBuilder().AddDaprSecretStore("secrets", client, TimeSpan.FromMilliseconds(50), optional: true).Build();
        configuration["key"].Should().BeNull();
        var loaded = new TaskCompletionSource();
        using var change = ChangeToken.OnChange(configuration.GetReloadToken, loaded.SetResult);
        Volatile.Write(ref ready, true);
        await loaded.Task.WaitAsync(patience);
        configuration["key"].Should().Be("k");
        (configuration as IDisposable)?.Dispose();
    }

    [Fact]
    public async Task A_source_that_makes_no_sense_is_refused()
    {
        await using var sidecar = await StoreAsync();
        using var client = sidecar.Client();
        var metadata = new Dictionary<string, string>();
        ((Action)(() => Load(new() { Store = "s", Client = client, SecretDescriptors = [new("a")], Metadata = metadata }))).Should().Throw<ArgumentException>();
        ((Action)(() => Load(new() { Store = "s", Client = client, SecretDescriptors = [] }))).Should().Throw<ArgumentException>();
        ((Action)(() => new ConfigurationBuilder().AddDaprSecretStore("", client))).Should().Throw<ArgumentException>();
        ((Action)(() => new ConfigurationBuilder().AddDaprSecretStore("s", null!, optional: true))).Should().Throw<ArgumentNullException>();
    }

    private static IConfigurationRoot Load(DaprSecretStoreConfigurationSource source) => new ConfigurationBuilder().Add(source).Build();

    private static Task<ScriptedSidecar> StoreAsync(params (string Name, string Json)[] secrets) => ScriptedSidecar.StartAsync(context =>
    {
        var name = context.Request.Path.Value!.Split('/')[^1];
        var found = secrets.FirstOrDefault(secret => secret.Name == name).Json;
        context.Response.StatusCode = found is not null || name == "outbound" ? 200 : 500;
        return context.Response.WriteAsync(found ?? "{}");
    });
}
