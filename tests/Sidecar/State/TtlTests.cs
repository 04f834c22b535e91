using System.Globalization;
using System.Net;

namespace Resort.Tests.Sidecar.State;

public sealed class TtlTests
{
    private readonly ShiftedClock clock = new();

    [Theory, MemberData(nameof(StateCalls.Types), MemberType = typeof(StateCalls))]
    public async Task An_entry_tells_its_expiry_and_is_gone_after_it(string type)
    {
        await using var fixture = new SidecarFixture(clock);
        var sidecar = await fixture.StartAsync("shop", StateCalls.Store(type));

        await sidecar.SaveAsync("""[{"key":"k","value":1,"metadata":{"ttlInSeconds":"600"}}]""");

        var expiry = DateTimeOffset.Parse((await sidecar.GetAsync("k")).Expiry!, CultureInfo.InvariantCulture);
        expiry.Should().BeCloseTo(clock.GetUtcNow().AddSeconds(600), TimeSpan.FromSeconds(2));
        (await BulkAsync(sidecar)).Should().Contain($"\"metadata\":{{\"ttlExpireTime\":\"{expiry:yyyy-MM-dd'T'HH:mm:ss'Z'}\"}}");

        clock.Advance(TimeSpan.FromSeconds(601));

        (await sidecar.GetAsync("k")).Status.Should().Be(HttpStatusCode.NoContent);
        (await BulkAsync(sidecar)).Should().Be("""[{"key":"k"}]""");
    }

    [Theory, MemberData(nameof(StateCalls.Types), MemberType = typeof(StateCalls))]
    public async Task An_expired_entry_is_no_entry_for_writes(string type)
    {
        await using var fixture = new SidecarFixture(clock);
        var sidecar = await fixture.StartAsync("shop", StateCalls.Store(type));
        await sidecar.SaveAsync("""[{"key":"k","value":1,"metadata":{"ttlInSeconds":"60"}}]""");
        var etag = (await sidecar.GetAsync("k")).ETag;
        clock.Advance(TimeSpan.FromSeconds(61));

        (await sidecar.SaveAsync($$"""[{"key":"k","value":2,"etag":"{{etag}}"}]""")).Status.Should().Be(HttpStatusCode.Conflict);
        (await sidecar.DeleteAsync("k", etag)).Status.Should().Be(HttpStatusCode.Conflict);
        (await sidecar.SaveAsync("""[{"key":"k","value":3,"options":{"concurrency":"first-write"}}]""")).Status.Should().Be(HttpStatusCode.NoContent);
        (await sidecar.GetAsync("k")).Should().Match<StateAnswer>(answer => answer.Body == "3" && answer.Expiry == null);
    }

    [Theory]
    [InlineData("state.sqlite", "")]
    [InlineData("state.sqlite", "0")]
    [InlineData("state.sqlite", "-1")]
    [InlineData("state.sqlite", "99999999999999")]
    [InlineData("state.in-memory", "-2")]
    public async Task A_later_save_that_means_never_takes_the_expiry_away(string type, string ttl)
    {
        await using var fixture = new SidecarFixture(clock);
        var sidecar = await fixture.StartAsync("shop", StateCalls.Store(type));
        await sidecar.SaveAsync("""[{"key":"k","value":1,"metadata":{"ttlInSeconds":"60"}}]""");

        (await sidecar.SaveAsync($$$"""[{"key":"k","value":2,"metadata":{"ttlInSeconds":"{{{ttl}}}"}}]""")).Status.Should().Be(HttpStatusCode.NoContent);

        clock.Advance(TimeSpan.FromDays(1));
        (await sidecar.GetAsync("k")).Body.Should().Be("2");
    }

    [Theory]
    [InlineData("state.sqlite", "soon")]
    [InlineData("state.sqlite", "1.5")]
    [InlineData("state.sqlite", "-2")]
    [InlineData("state.in-memory", "soon")]
    public async Task A_ttl_that_is_none_is_a_500_and_saves_nothing(string type, string ttl)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store(type));

        var (status, error) = await sidecar.SaveAsync($$$"""[{"key":"k","value":1,"metadata":{"ttlInSeconds":"{{{ttl}}}"}}]""");

        (status, error.Code()).Should().Be((HttpStatusCode.InternalServerError, "ERR_STATE_SAVE"));
        (await sidecar.GetAsync("k")).Status.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_query_wins_over_the_item_and_applies_to_transactions_too()
    {
        await using var fixture = new SidecarFixture(clock);
        var sidecar = await fixture.StartAsync("shop", StateCalls.Store("state.sqlite"));

        await sidecar.SaveAsync("""[{"key":"a","value":1},{"key":"b","value":1,"metadata":{"ttlInSeconds":"600"}}]""", "store?metadata.ttlInSeconds=60");
        await sidecar.TransactAsync("""{"operation":"upsert","request":{"key":"c","value":1}}""", "store/transaction?metadata.ttlInSeconds=60");
        clock.Advance(TimeSpan.FromSeconds(61));

        foreach (var key in new[] { "a", "b", "c" }) (await sidecar.GetAsync(key)).Status.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Metadata_of_a_transaction_as_a_whole_does_not_reach_its_operations()
    {
        await using var fixture = new SidecarFixture(clock);
        var sidecar = await fixture.StartAsync("shop", StateCalls.Store("state.sqlite"));

        await sidecar.SendAsync(HttpMethod.Post, "store/transaction", """{"operations":[{"operation":"upsert","request":{"key":"k","value":1}}],"metadata":{"ttlInSeconds":"60"}}""");
        clock.Advance(TimeSpan.FromSeconds(61));

        (await sidecar.GetAsync("k")).Body.Should().Be("1");
    }

    private static async Task<string> BulkAsync(RunningSidecar sidecar) => (await sidecar.SendAsync(HttpMethod.Post, "store/bulk", """{"keys":["k"]}""")).Body;
}
