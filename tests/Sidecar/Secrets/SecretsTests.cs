using System.Text.Json.Nodes;
using Resort.Sidecar.Secrets;
using Resort.Tests.Sidecar.State;

namespace Resort.Tests.Sidecar.Secrets;

public sealed class SecretsTests
{
    private const string Secrets = """
        {"db":{"password":"p","ports":["1","2"]},"plain":"text","a/b c":"odd","number":7,"yes":true,"nothing":null,"empty":""}
        """;

    [Theory]
    [InlineData("", "plain", """{"plain":"text"}""")]
    [InlineData("", "db:password", """{"db:password":"p"}""")]
    [InlineData("", "db%3Aports%3A1", """{"db:ports:1":"2"}""")]
    [InlineData("", "a%2Fb+c", """{"a/b c":"odd"}""")]
    [InlineData("", "number", """{"number":"7"}""")]
    [InlineData("", "yes", """{"yes":"true"}""")]
    [InlineData("", "empty", """{"empty":""}""")]
    [InlineData(", { name: nestedSeparator, value: . }", "db.password", """{"db.password":"p"}""")]
    [InlineData(", { name: multiValued, value: yes }", "db", """{"password":"p","ports:0":"1","ports:1":"2"}""")]
    [InlineData(", { name: multiValued, value: yes }", "plain", """{"plain":"text"}""")]
    public async Task A_secret_of_a_file_answers_with_its_values(string metadata, string name, string expected)
    {
        await using var fixture = new SidecarFixture();
        var sidecar = await fixture.StartAsync("shop", await FileStoreAsync(fixture, Secrets, metadata));

        var (status, body) = await sidecar.CallAsync(HttpMethod.Get, $"/v1.0/secrets/secrets/{name}");

        (status, body!.ToJsonString()).Should().Be((200, expected));
    }

    [Fact]
    public async Task All_secrets_of_a_file_come_by_name()
    {
        await using var fixture = new SidecarFixture();
        var sidecar = await fixture.StartAsync("shop", await FileStoreAsync(fixture, """{"plain":"text","db":{"user":"u"},"bulk":"b"}"""));

        var (_, body) = await sidecar.CallAsync(HttpMethod.Get, "/v1.0/secrets/secrets/bulk");

        body!.ToJsonString().Should().Be("""{"plain":{"plain":"text"},"db:user":{"db:user":"u"},"bulk":{"bulk":"b"}}""");
    }

    [Theory]
    [InlineData("secrets/absent", 500, "ERR_SECRET_GET", "failed getting secret with key absent from secret store secrets: secret absent not found")]
    [InlineData("secrets/PLAIN", 500, "ERR_SECRET_GET", "failed getting secret with key PLAIN from secret store secrets: secret PLAIN not found")]
    [InlineData("secrets/db", 500, "ERR_SECRET_GET", "failed getting secret with key db from secret store secrets: secret db not found")]
    [InlineData("secrets/nothing", 500, "ERR_SECRET_GET", "failed getting secret with key nothing from secret store secrets: secret nothing not found")]
    [InlineData("nowhere/plain", 401, "ERR_SECRET_STORE_NOT_FOUND", "failed finding secret store with key nowhere")]
    [InlineData("nowhere/bulk", 401, "ERR_SECRET_STORE_NOT_FOUND", "failed finding secret store with key nowhere")]
    [InlineData("secrets", 404, "ERR_DIRECT_INVOKE", "failed getting app id either from the URL path or the header dapr-app-id")]
    public async Task What_is_not_there_is_the_error_that_Dapr_gives(string path, int status, string code, string message)
    {
        await using var fixture = new SidecarFixture();
        var sidecar = await fixture.StartAsync("shop", await FileStoreAsync(fixture, Secrets));

        var (found, body) = await sidecar.CallAsync(HttpMethod.Get, $"/v1.0/secrets/{path}");

        (found, Text(body, "errorCode"), Text(body, "message")).Should().Be((status, code, message));
    }

    [Fact]
    public async Task Without_any_store_it_is_a_500()
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.in-memory"));

        var (status, body) = await sidecar.CallAsync(HttpMethod.Get, "/v1.0/secrets/store/k");

        (status, Text(body, "errorCode")).Should().Be((500, "ERR_SECRET_STORES_NOT_CONFIGURED"));
    }

    [Theory]
    [InlineData("ONE", "1")]
    [InlineData("one", "")]
    [InlineData("ABSENT", "")]
    [InlineData("A%20B", "")]
    public async Task Variables_answer_by_their_name_without_the_prefix(string name, string expected)
    {
        Environment.SetEnvironmentVariable("SECRETS_TEST_ONE", "1");
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Component("env", "secretstores.local.env", "{ name: prefix, value: SECRETS_TEST_ }"));

        var (status, body) = await sidecar.CallAsync(HttpMethod.Get, $"/v1.0/secrets/env/{name}");
        var (_, bulk) = await sidecar.CallAsync(HttpMethod.Get, "/v1.0/secrets/env/bulk");

        (status, body!.AsObject().Single().Value!.GetValue<string>()).Should().Be((200, expected));
        bulk!.ToJsonString().Should().Be("""{"ONE":{"ONE":"1"}}""");
    }

    [Theory]
    [InlineData("DAPR_SECRETS_TEST")]
    [InlineData("dapr_secrets_test")]
    public async Task Variables_of_Dapr_itself_cannot_be_read(string name)
    {
        Environment.SetEnvironmentVariable(name, "hidden");
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Component("env", "secretstores.local.env"));

        var (_, one) = await sidecar.CallAsync(HttpMethod.Get, $"/v1.0/secrets/env/{name}");
        var (_, bulk) = await sidecar.CallAsync(HttpMethod.Get, "/v1.0/secrets/env/bulk");

        Text(one, name).Should().BeEmpty();
        bulk!.AsObject().Should().NotContainKey(name);
        LocalEnvSecretStore.Readable("APP_API_TOKEN").Should().BeFalse();
    }

    [Theory]
    [InlineData("defaultAccess: deny", "", "open hidden other absent")]
    [InlineData("defaultAccess: DENY, allowedSecrets: [open, absent]", "open", "hidden other")]
    [InlineData("allowedSecrets: [open]", "open", "hidden other absent")]
    [InlineData("deniedSecrets: [hidden]", "open other", "hidden")]
    [InlineData("allowedSecrets: [open, hidden], deniedSecrets: [hidden]", "open hidden", "other absent")]
    [InlineData("defaultAccess: deny, allowedSecrets: [OPEN]", "", "open hidden other absent")]
    public async Task Scopes_say_what_the_app_may_read(string scope, string readable, string denied)
    {
        await using var fixture = new SidecarFixture();
        var config = Path.Combine(fixture.Folder, "config.yaml");
        await File.WriteAllTextAsync(config, "{ apiVersion: dapr.io/v1alpha1, kind: Configuration, metadata: { name: c }, spec: { secrets: { scopes: [{ storeName: secrets, " + scope + " }] } } }");
        var resources = await FileStoreAsync(fixture, """{"open":"1","hidden":"2","other":"3"}""");
        var sidecar = await fixture.StartAsync("shop", resources, options: given => given with { ConfigFiles = [config] });

        foreach (var name in denied.Split(' '))
        {
            var (status, body) = await sidecar.CallAsync(HttpMethod.Get, $"/v1.0/secrets/secrets/{name}");
            (status, Text(body, "errorCode"), Text(body, "message")).Should().Be((403, "ERR_PERMISSION_DENIED", $"access denied by policy to get \"{name}\" from \"secrets\""));
        }
        var (_, bulk) = await sidecar.CallAsync(HttpMethod.Get, "/v1.0/secrets/secrets/bulk");
        bulk!.AsObject().Select(secret => secret.Key).Should().BeEquivalentTo(readable.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A file of secrets and the component that names it.</summary>
    internal static async Task<string> FileStoreAsync(SidecarFixture fixture, string secrets, string metadata = "", string name = "secrets")
    {
        var path = Path.Combine(fixture.Folder, $"{name}.json");
        await File.WriteAllTextAsync(path, secrets);
        return StateCalls.Component(name, "secretstores.local.file", $"{{ name: secretsFile, value: \"{path}\" }}{metadata}");
    }

    private static string Text(JsonNode? body, string name) => body![name]!.GetValue<string>();
}
