using System.Net;

namespace Resort.Tests.Sidecar.State;

public sealed class TransactionTests
{
    [Theory, MemberData(nameof(StateCalls.Types), MemberType = typeof(StateCalls))]
    public async Task Operations_take_effect_in_order(string type)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store(type));
        await sidecar.SaveAsync("""[{"key":"b","value":1}]""");

        (await sidecar.TransactAsync("""
            {"operation":"upsert","request":{"key":"a","value":1}},{"operation":"delete","request":{"key":"b"}},
            {"operation":"upsert","request":{"key":"a","value":2}},{"operation":"delete","request":{"key":"ghost"}}
            """)).Should().Be((HttpStatusCode.NoContent, ""));

        (await sidecar.GetAsync("a")).Body.Should().Be("2");
        (await sidecar.GetAsync("b")).Status.Should().Be(HttpStatusCode.NoContent);
    }

    [Theory, MemberData(nameof(StateCalls.Types), MemberType = typeof(StateCalls))]
    public async Task One_refused_operation_undoes_all(string type)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store(type));
        await sidecar.SaveAsync("""[{"key":"a","value":"old"},{"key":"b","value":"old"}]""");

        var (status, error) = await sidecar.TransactAsync("""
            {"operation":"upsert","request":{"key":"a","value":"new"}},{"operation":"upsert","request":{"key":"b","value":"new","etag":"99"}},{"operation":"delete","request":{"key":"a"}}
            """);

        (status, error.Code()).Should().Be((HttpStatusCode.InternalServerError, "ERR_STATE_TRANSACTION"));
        error.Message().Should().StartWith("error while executing state transaction: possible etag mismatch. error from state store");
        (await sidecar.GetAsync("a")).Body.Should().Be("\"old\"");
        (await sidecar.GetAsync("b")).Body.Should().Be("\"old\"");
    }

    [Theory]
    [InlineData("""{"operation":"upsert","request":{"key":"a","value":1,"metadata":{"ttlInSeconds":"soon"}}}""", "error while executing state transaction: error parsing TTL: incorrect value for metadata 'ttlInSeconds':")]
    [InlineData("""{"operation":"upsert","request":{"key":"a","value":1,"options":{"concurrency":"x"}}}""", "error while executing state transaction: unrecognized concurrency model 'x'")]
    public async Task What_the_store_refuses_is_a_500_and_writes_nothing(string operation, string message)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.sqlite"));

        var (status, error) = await sidecar.TransactAsync($$$"""{"operation":"upsert","request":{"key":"good","value":1}},{{{operation}}}""");

        (status, error.Code()).Should().Be((HttpStatusCode.InternalServerError, "ERR_STATE_TRANSACTION"));
        error.Message().Should().StartWith(message);
        (await sidecar.GetAsync("good")).Status.Should().Be(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("""{"operations":[{"operation":"replace","request":{"key":"b"}}]}""", "ERR_NOT_SUPPORTED_STATE_OPERATION", "operation type replace not supported")]
    [InlineData("""{"operations":[{"operation":"Upsert","request":{"key":"b"}}]}""", "ERR_NOT_SUPPORTED_STATE_OPERATION", "operation type Upsert not supported")]
    [InlineData("""{"operations":[{"request":{"key":"b"}}]}""", "ERR_NOT_SUPPORTED_STATE_OPERATION", "operation type  not supported")]
    [InlineData("", "ERR_MALFORMED_REQUEST", "failed deserializing HTTP body: ")]
    [InlineData("[1,2", "ERR_MALFORMED_REQUEST", "failed deserializing HTTP body: ")]
    [InlineData("[]", "ERR_MALFORMED_REQUEST", "failed deserializing HTTP body: the body must be an object")]
    [InlineData("""{"operations":{}}""", "ERR_MALFORMED_REQUEST", "failed deserializing HTTP body: operations must be an array")]
    [InlineData("""{"operations":[{"operation":"upsert","request":"text"}]}""", "ERR_MALFORMED_REQUEST", "failed deserializing HTTP body: an item must be an object")]
    [InlineData("""{"operations":[{"operation":"upsert","request":{"key":7}}]}""", "ERR_MALFORMED_REQUEST", "failed deserializing HTTP body: key must be a string")]
    [InlineData("""{"operations":[{"operation":"upsert","request":{"key":"a||b"}}]}""", "ERR_MALFORMED_REQUEST", "api error: code = InvalidArgument desc = input key/keyPrefix 'a||b' can't contain '||'")]
    public async Task A_malformed_transaction_is_a_400_that_says_what_is_wrong(string body, string code, string message)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.in-memory"));

        var (status, error) = await sidecar.SendAsync(HttpMethod.Post, "store/transaction", body);

        (status, error.Code()).Should().Be((HttpStatusCode.BadRequest, code));
        error.Message().Should().StartWith(message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"operations":[]}""")]
    [InlineData("""{"operations":null,"metadata":{"a":"b"}}""")]
    [InlineData("""{"operations":[{"operation":"upsert"},{"operation":"delete","request":{}},{"operation":"upsert","request":{"Value":1}}]}""")]
    public async Task What_Dapr_lets_pass_passes(string body)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.sqlite"));

        (await sidecar.SendAsync(HttpMethod.Put, "store/transaction", body)).Should().Be((HttpStatusCode.NoContent, ""));
    }

    [Theory]
    [InlineData("state.in-memory", HttpStatusCode.NoContent)]
    [InlineData("state.sqlite", HttpStatusCode.InternalServerError)]
    public async Task One_etag_twice_differs_by_store(string type, HttpStatusCode expected)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store(type));
        await sidecar.SaveAsync("""[{"key":"a","value":1}]""");
        var etag = (await sidecar.GetAsync("a")).ETag;

        var operation = $$$"""{"operation":"upsert","request":{"key":"a","value":2,"etag":"{{{etag}}}"}}""";
        (await sidecar.TransactAsync($"{operation},{operation}")).Status.Should().Be(expected);
    }
}
