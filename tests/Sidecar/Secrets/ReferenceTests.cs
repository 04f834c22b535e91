using System.Net;
using Resort.Sidecar.Components;
using Resort.Tests.Sidecar.State;

namespace Resort.Tests.Sidecar.Secrets;

/// <summary>Values that a component takes from a secret store or the environment. The prefix of a store's keys shows what arrived.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("""{"prefix":"taken"}""", "", "secretKeyRef: { name: prefix }")]
    [InlineData("""{"keys":{"prefix":"taken"}}""", "", "secretKeyRef: { name: \"keys:prefix\", key: \"keys:prefix\" }")]
    [InlineData("""{"keys":{"prefix":"taken"}}""", ", { name: multiValued, value: true }", "secretKeyRef: { name: keys, key: prefix }")]
    public async Task A_secret_is_taken_whatever_the_order_of_the_resources(string secrets, string metadata, string reference)
    {
        await using var fixture = new SidecarFixture();
        var store = Referring(reference, "secrets");

        var sidecar = await fixture.StartAsync("shop", store + await SecretsTests.FileStoreAsync(fixture, secrets, metadata));

        await ExpectPrefixAsync(sidecar, "taken");
    }

    [Fact]
    public async Task A_secret_store_may_take_a_value_from_another()
    {
        await using var fixture = new SidecarFixture();
        var second = await SecretsTests.FileStoreAsync(fixture, """{"key":"from second"}""", name: "second");
        var first = await SecretsTests.FileStoreAsync(fixture, $$"""{"path":"{{Path.Combine(fixture.Folder, "second.json")}}"}""", name: "first");
        var referring = second.Replace($"value: \"{Path.Combine(fixture.Folder, "second.json")}\"", "secretKeyRef: { name: path }", StringComparison.Ordinal).Replace("---", "auth: { secretStore: first }\n---", StringComparison.Ordinal);

        var sidecar = await fixture.StartAsync("shop", referring + first);

        (await sidecar.CallAsync(HttpMethod.Get, "/v1.0/secrets/second/key")).Body!.ToJsonString().Should().Be("""{"key":"from second"}""");
    }

    [Theory]
    [InlineData("envRef: REFERENCE_TEST", "taken")]
    [InlineData("envRef: REFERENCE_TEST_ABSENT", "shop")]
    [InlineData("value: \"{appID}-x\"", "shop-x")]
    [InlineData("value: \"{namespace}\"", "prod.shop")]
    [InlineData("value: \"$REFERENCE_TEST\"", "$reference_test")]
    public async Task Variables_and_placeholders_are_filled_in(string reference, string prefix)
    {
        Environment.SetEnvironmentVariable("REFERENCE_TEST", "taken");
        await using var fixture = new SidecarFixture();

        var sidecar = await fixture.StartAsync("shop", Referring(reference, null), options: given => given with { Namespace = "prod" });

        await ExpectPrefixAsync(sidecar, prefix);
    }

    [Theory]
    [InlineData("secretKeyRef: { name: absent }", "secrets", "secret store `secrets` has no secret `absent`")]
    [InlineData("secretKeyRef: { name: a, key: b }", "secrets", "secret `a` of store `secrets` has no key `b`; it has a")]
    [InlineData("secretKeyRef: { name: a }", "nowhere", "there is no secret store `nowhere`; there is secrets")]
    [InlineData("secretKeyRef: { name: a }", null, "`secretKeyRef` needs `auth.secretStore`, the name of the store that has `a`")]
    [InlineData("envRef: DAPR_API_TOKEN", null, "`envRef: DAPR_API_TOKEN` is not allowed: tokens and variables of Dapr itself cannot be read")]
    [InlineData("envRef: APP_API_TOKEN", null, "`envRef: APP_API_TOKEN` is not allowed: tokens and variables of Dapr itself cannot be read")]
    public async Task A_reference_that_leads_nowhere_is_refused_with_file_and_line(string reference, string? store, string expected)
    {
        await using var fixture = new SidecarFixture();
        var secrets = await SecretsTests.FileStoreAsync(fixture, """{"a":"1"}""");

        var start = () => fixture.StartAsync("shop", Referring(reference, store) + secrets);

        (await start.Should().ThrowAsync<ResourceException>()).Which.Message.Should().EndWith($"resources.yaml:4: {expected}");
    }

    [Theory]
    [InlineData("not json", "secrets.json:1: this is not JSON: ")]
    [InlineData("{\n\"a\":\n]", "secrets.json:3: this is not JSON: ")]
    [InlineData("[]", "secrets.json:1: a secrets file must be a JSON object")]
    public async Task A_secrets_file_that_cannot_be_read_is_refused_with_file_and_line(string content, string expected)
    {
        await using var fixture = new SidecarFixture();
        var resources = await SecretsTests.FileStoreAsync(fixture, content);

        var start = () => fixture.StartAsync("shop", resources);

        (await start.Should().ThrowAsync<ResourceException>()).Which.Message.Should().Contain(expected);
    }

    [Fact]
    public async Task A_missing_secrets_file_is_refused_where_it_is_named()
    {
        await using var fixture = new SidecarFixture();

        var start = () => fixture.StartAsync("shop", StateCalls.Component("secrets", "secretstores.local.file", "{ name: secretsFile, value: /nowhere/secrets.json }"));

        (await start.Should().ThrowAsync<ResourceException>()).Which.Message.Should().Contain("resources.yaml:4: the secrets file cannot be read: ");
    }

    private static string Referring(string reference, string? secretStore) =>
        StateCalls.Component("store", "state.in-memory", $"{{ name: keyPrefix, {reference} }}", secretStore is null ? "" : $"auth: {{ secretStore: {secretStore} }}");

    private static async Task ExpectPrefixAsync(RunningSidecar sidecar, string prefix)
    {
        var (status, error) = await sidecar.SaveAsync("""[{"key":"k","value":1,"etag":"9"}]""");
        (status, error.Message().Split("key=")[^1]).Should().Be((HttpStatusCode.Conflict, $"{prefix}||k"));
    }
}
