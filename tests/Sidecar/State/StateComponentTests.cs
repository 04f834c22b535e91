using System.Net;
using Resort.Sidecar.Components;

namespace Resort.Tests.Sidecar.State;

public sealed class StateComponentTests
{
    [Theory]
    [InlineData("state.mongodb", "", "resources.yaml:4: the embedded sidecar has no state.mongodb; run this on daprd, or use state.sqlite or state.sqlite3 or state.in-memory or state.postgresql v2 or state.postgres v2 or state.redis")]
    [InlineData("state.nosuch", "", "resources.yaml:4: there is no component type `state.nosuch`; the embedded sidecar has state.sqlite, state.sqlite3, state.in-memory, state.postgresql v2, state.postgres v2, state.redis")]
    [InlineData("bindings.kafka", "", "resources.yaml:4: the embedded sidecar has no bindings.kafka; run this on daprd, or use bindings.http")]
    [InlineData("lock.redis", "", "resources.yaml:4: the embedded sidecar has no `lock` components (lock.redis); run this on daprd")]
    [InlineData("redis", "", "resources.yaml:4: there is no component type `redis`; a type begins with one of secretstores., state., pubsub., bindings.")]
    [InlineData("state.sqlite", "", "resources.yaml:4: metadata `connectionString` is missing")]
    [InlineData("state.sqlite", "{ name: connectionString, value: /proc/nowhere/state.db }", "resources.yaml:4: cannot open /proc/nowhere/state.db: ")]
    [InlineData("state.sqlite", "{ name: connectionString, value: \"a.db?_pragma=x\" }", "resources.yaml:4: metadata `connectionString` must be a path or a file: URI whose parameters the embedded sidecar knows")]
    [InlineData("state.sqlite", "{ name: connectionString, value: \"a.db?mode=ro\" }", "resources.yaml:4: metadata `connectionString` must be ")]
    [InlineData("state.sqlite", "{ name: connectionString, value: a/ }", "resources.yaml:4: metadata `connectionString` must be the path of a file, not 'a/'")]
    [InlineData("state.sqlite", "{ name: connectionString, value: a.db }, { name: tableName, value: \"x; DROP\" }", "resources.yaml:4: metadata `tableName` must be letters, digits and _, not 'x; DROP'")]
    [InlineData("state.sqlite", "{ name: connectionString, value: a.db }, { name: timeout, value: 10ms }", "resources.yaml:4: metadata `timeout` must be at least 1s, not '10ms'")]
    [InlineData("state.sqlite", "{ name: connectionString, value: a.db }, { name: busyTimeout, value: soon }", "resources.yaml:4: metadata `busyTimeout` must be a duration such as 500ms, 2s or 1m30s, not 'soon'")]
    [InlineData("state.sqlite", "{ name: connectionString, value: a.db }, { name: tablName, value: x }", "resources.yaml:4: metadata `tablName` is not known to this component; it knows ")]
    [InlineData("state.in-memory", "{ name: keyPrefix, value: \"a||b\" }", "resources.yaml:4: metadata `keyPrefix` must be a text without '||', not 'a||b'")]
    public async Task A_component_that_cannot_be_is_refused_with_file_and_line(string type, string metadata, string expected)
    {
        await using var fixture = new SidecarFixture();

        var start = () => fixture.StartAsync("shop", StateCalls.Component("store", type, metadata));

        (await start.Should().ThrowAsync<ResourceException>()).Which.Message.Should().Contain(expected);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("\"\"")]
    public async Task The_first_version_may_be_left_out(string version)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.in-memory").Replace("version: v1", $"version: {version}", StringComparison.Ordinal));

        (await sidecar.GetAsync("k")).Status.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Another_version_is_refused()
    {
        await using var fixture = new SidecarFixture();

        var start = () => fixture.StartAsync("shop", StateCalls.Store("state.in-memory").Replace("version: v1", "version: v9", StringComparison.Ordinal));

        await start.Should().ThrowAsync<ResourceException>().WithMessage("*:4: state.in-memory has no version v9; the embedded sidecar has v1");
    }

    [Theory]
    [InlineData("state.sqlite")]
    [InlineData("state.redis")]
    [InlineData("bindings.kafka")]
    public async Task With_ignoreErrors_what_fails_is_left_out(string type)
    {
        var broken = StateCalls.Component("broken", type).Replace("version: v1", "version: v1, ignoreErrors: true", StringComparison.Ordinal);

        await using var sidecar = await SidecarFixture.OneAsync(broken + StateCalls.Store("state.in-memory"));

        (await sidecar.GetAsync("k", "broken")).Body.Code().Should().Be("ERR_STATE_STORE_NOT_FOUND");
        (await sidecar.GetAsync("k")).Status.Should().Be(HttpStatusCode.NoContent);
        (await sidecar.CallAsync(HttpMethod.Get, "/v1.0/metadata")).Body!["components"]!.ToJsonString().Should().Be(
            """[{"name":"store","type":"state.in-memory","version":"v1","capabilities":["ETAG","TRANSACTIONAL","TTL","DELETE_WITH_PREFIX","KEYS_LIKE","ACTOR"]}]""");
    }

    [Fact]
    public async Task Two_stores_in_memory_are_two()
    {
        await using var sidecar = await SidecarFixture.OneAsync(
            StateCalls.Component("a", "state.in-memory", "{ name: keyPrefix, value: none }") + StateCalls.Component("b", "state.in-memory", "{ name: keyPrefix, value: none }"));

        await sidecar.SaveAsync("""[{"key":"k","value":1}]""", "a");

        (await sidecar.GetAsync("k", "b")).Status.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_breaker_counts_refused_etags_and_then_refuses_by_itself()
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.sqlite") + """
            apiVersion: dapr.io/v1alpha1
            kind: Resiliency
            metadata: { name: careful }
            spec:
              policies:
                circuitBreakers: { trip: { maxRequests: 1, timeout: 1h, trip: consecutiveFailures >= 2 } }
                retries: { thrice: { policy: constant, duration: 1ms, maxRetries: 3 } }
              targets:
                components: { store: { outbound: { circuitBreaker: trip, retry: thrice } } }
            """);

        foreach (var _ in new[] { 1, 2 }) (await sidecar.SaveAsync("""[{"key":"k","value":1,"etag":"9"}]""")).Status.Should().Be(HttpStatusCode.Conflict, "an etag mismatch is not repeated");
        var (status, error) = await sidecar.SaveAsync("""[{"key":"k","value":1}]""");

        (status, error.Message()).Should().Be((HttpStatusCode.InternalServerError, "failed saving state in state store store: circuit breaker is open"));
    }
}
