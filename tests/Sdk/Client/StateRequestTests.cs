using Dapr.Client;

namespace Resort.Tests.Sdk.Client;

/// <summary>What state calls put on the wire.</summary>
public class StateRequestTests
{
    private static readonly Dictionary<string, string> metadata = new() { ["ttlInSeconds"] = "60" };

    [Fact]
    public async Task A_read_escapes_the_key_and_asks_for_what_it_was_told()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        await sidecar.Client().GetStateAsync<string?>("a store", "2026/10+1 ü", ConsistencyMode.Strong, new Dictionary<string, string> { ["a b"] = "c&d" });
        sidecar.Request.Method.Should().Be("GET");
        sidecar.Request.Target.Should().Be("/v1.0/state/a%20store/2026%2F10%2B1%20%C3%BC?consistency=strong&metadata.a%20b=c%26d");
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/../b")]
    public async Task A_key_of_dots_stays_a_key(string key)
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        await sidecar.Client().GetStateAsync<string?>("store", key);
        sidecar.Request.Target.Should().Be($"/v1.0/state/store/{Uri.EscapeDataString(key)}");
    }

    [Fact]
    public async Task A_save_carries_the_value_and_nothing_that_was_not_given()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        await sidecar.Client().SaveStateAsync("store", "key", new Room("101", 2));
        sidecar.Request.Method.Should().Be("POST");
        sidecar.Request.Target.Should().Be("/v1.0/state/store");
        sidecar.Request.Header("Content-Type").Should().Be("application/json");
        sidecar.Request.Body.Should().Be("""[{"key":"key","value":{"name":"101","beds":2}}]""");
    }

    [Fact]
    public async Task A_save_carries_etag_metadata_and_options()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        var options = new StateOptions { Concurrency = ConcurrencyMode.FirstWrite, Consistency = ConsistencyMode.Eventual };
        await sidecar.Client().TrySaveStateAsync("store", "key", 1, "e7", options, metadata);
        sidecar.Request.Body.Should().Be(
            """[{"key":"key","value":1,"etag":"e7","metadata":{"ttlInSeconds":"60"},"options":{"concurrency":"first-write","consistency":"eventual"}}]""");
    }

    [Fact]
    public async Task A_null_value_and_an_empty_etag_are_left_out()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        await sidecar.Client().TrySaveStateAsync<string?>("store", "key", null, "");
        sidecar.Request.Body.Should().Be("""[{"key":"key"}]""");
    }

    [Fact]
    public async Task A_bulk_save_is_one_request()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        await sidecar.Client().SaveBulkStateAsync("store", [new SaveStateItem<int>("a", 1, "e", null, metadata), new SaveStateItem<int>("b", 2, "")]);
        sidecar.Request.Body.Should().Be("""[{"key":"a","value":1,"etag":"e","metadata":{"ttlInSeconds":"60"}},{"key":"b","value":2}]""");
    }

    [Fact]
    public async Task A_delete_carries_the_etag_without_quotes()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        var options = new StateOptions { Concurrency = ConcurrencyMode.LastWrite };
        await sidecar.Client().TryDeleteStateAsync("store", "key", "e7", options, metadata);
        sidecar.Request.Method.Should().Be("DELETE");
        sidecar.Request.Target.Should().Be("/v1.0/state/store/key?concurrency=last-write&metadata.ttlInSeconds=60");
        sidecar.Request.Header("If-Match").Should().Be("e7");
    }

    [Fact]
    public async Task A_delete_without_etag_asks_for_none()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        await sidecar.Client().TryDeleteStateAsync("store", "key", "");
        sidecar.Request.Header("If-Match").Should().BeNull();
    }

    [Fact]
    public async Task A_transaction_carries_values_as_they_are()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        var first = new StateOptions { Concurrency = ConcurrencyMode.FirstWrite };
        await sidecar.Client().ExecuteStateTransactionAsync(
            "store",
            [
                new StateTransactionRequest("a", """{"n": 1.50}"""u8.ToArray(), StateOperationType.Upsert, "e", metadata, first),
                new StateTransactionRequest("b", null, StateOperationType.Delete),
            ],
            new Dictionary<string, string> { ["partitionKey"] = "r" });
        sidecar.Request.Target.Should().Be("/v1.0/state/store/transaction");
        sidecar.Request.Body.Should().Be(
            """{"operations":[{"operation":"upsert","request":{"key":"a","value":{"n": 1.50},"etag":"e","metadata":{"ttlInSeconds":"60"},"options":"""
            + """{"concurrency":"first-write"}}},{"operation":"delete","request":{"key":"b"}}],"metadata":{"partitionKey":"r"}}""");
    }

    [Fact]
    public async Task A_bulk_read_names_the_keys()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(200, "[]");
        await sidecar.Client().GetBulkStateAsync("store", ["a", "b"], parallelism: 4, metadata);
        sidecar.Request.Target.Should().Be("/v1.0/state/store/bulk");
        sidecar.Request.Body.Should().Be("""{"keys":["a","b"],"parallelism":4,"metadata":{"ttlInSeconds":"60"}}""");
    }

    private sealed record Room(string Name, int Beds);
}
