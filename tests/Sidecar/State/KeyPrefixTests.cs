using System.Net;

namespace Resort.Tests.Sidecar.State;

public sealed class KeyPrefixTests
{
    [Theory]
    [InlineData("", "My-App||k")]
    [InlineData("appid", "My-App||k")]
    [InlineData("NONE", "k")]
    [InlineData("name", "store||k")]
    [InlineData("namespace", "prod.My-App||k")]
    [InlineData("Shop.EU", "shop.eu||k")]
    public async Task The_prefix_is_what_the_component_says(string prefix, string stored)
    {
        await using var fixture = new SidecarFixture();
        var sidecar = await fixture.StartAsync("My-App", StateCalls.Store("state.in-memory", $"{{ name: KEYPREFIX, value: \"{prefix}\" }}"), options: given => given with { Namespace = "prod" });

        var (_, error) = await sidecar.SaveAsync("""[{"key":"k","value":1,"etag":"5"}]""");

        error.Message().Should().EndWith($"state not exist or expired for key={stored}");
    }

    [Fact]
    public async Task Apps_on_one_file_share_keys_only_if_they_say_so()
    {
        await using var fixture = new SidecarFixture();
        var own = StateCalls.Component("own", "state.sqlite", "{ name: connectionString, value: state.db }");
        var shared = StateCalls.Component("shared", "state.sqlite", "{ name: connectionString, value: state.db }, { name: keyPrefix, value: none }");
        var one = await fixture.StartAsync("one", own + shared);
        var two = await fixture.StartAsync("two", own + shared);

        await one.SaveAsync("""[{"key":"k","value":"own"}]""", "own");
        await one.SaveAsync("""[{"key":"k","value":"shared"}]""", "shared");

        (await two.GetAsync("k", "own")).Status.Should().Be(HttpStatusCode.NoContent);
        (await two.GetAsync("k", "shared")).Body.Should().Be("\"shared\"");
        (await one.GetAsync("k", "own")).Body.Should().Be("\"own\"");
    }
}
