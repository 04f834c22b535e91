using System.Net;
using System.Text.Json.Nodes;

namespace Resort.Tests.Sidecar.State;

public sealed class StateRoutesTests
{
    private static readonly string[] operations =
        ["GET store/k", "DELETE store/k", "POST store []", "POST store/bulk {}", "POST store/transaction {}"];

    [Fact]
    public async Task A_store_that_is_not_loaded_is_a_400()
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Component("other", "state.in-memory"));

        foreach (var operation in operations)
        {
            var (status, error) = await RunAsync(sidecar, operation);
            (status, error.Code(), error.Message()).Should().Be((HttpStatusCode.BadRequest, "ERR_STATE_STORE_NOT_FOUND", "state store store is not found"), operation);
            JsonNode.Parse(error)!["details"]![0]!.ToJsonString().Should().Be(
                """{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"DAPR_STATE_NOT_FOUND","domain":"dapr.io","metadata":{"appID":"shop"}}""");
        }
    }

    [Fact]
    public async Task Without_any_store_it_is_a_500()
    {
        await using var sidecar = await SidecarFixture.OneAsync();

        foreach (var operation in operations)
        {
            var (status, error) = await RunAsync(sidecar, operation);
            (status, error.Code(), error.Message()).Should().Be((HttpStatusCode.InternalServerError, "ERR_STATE_STORE_NOT_CONFIGURED", "state store store is not configured"), operation);
        }
    }

    [Theory]
    [InlineData("GET", "store")]
    [InlineData("DELETE", "store")]
    [InlineData("POST", "store/k")]
    [InlineData("PATCH", "store")]
    [InlineData("GET", "store/a/b")]
    public async Task Other_verbs_and_paths_are_failed_invocations(string verb, string path)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.in-memory"));

        var (status, error) = await sidecar.SendAsync(new HttpMethod(verb), path, null);

        (status, error.Code()).Should().Be((HttpStatusCode.NotFound, "ERR_DIRECT_INVOKE"));
    }

    [Fact]
    public async Task No_store_can_be_queried()
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.sqlite"));
        using var body = new StringContent("nonsense");

        using var answer = await sidecar.Http.PostAsync("/v1.0-alpha1/state/store/query", body);

        answer.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsStringAsync()).Code().Should().Be("ERR_STATE_STORE_NOT_SUPPORTED");
    }

    [Theory, MemberData(nameof(StateCalls.Types), MemberType = typeof(StateCalls))]
    public async Task A_bulk_get_answers_in_the_order_of_its_keys(string type)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store(type));
        await sidecar.SaveAsync("""[{"key":"a","value":{"n":1}},{"key":"b","value":2}]""");

        var (status, body) = await sidecar.SendAsync(HttpMethod.Post, "store/bulk?metadata.x=y", """{"keys":["b","ghost","a","b",""],"parallelism":-1,"metadata":{"x":"y"}}""");

        status.Should().Be(HttpStatusCode.OK);
        var entries = JsonNode.Parse(body)!.AsArray();
        entries.Select(entry => entry!["key"]!.GetValue<string>()).Should().Equal("b", "ghost", "a", "b", "");
        entries.Select(entry => entry!["data"]?.ToJsonString()).Should().Equal("2", null, """{"n":1}""", "2", null);
        entries[1]!.AsObject().Should().HaveCount(1, "a missing key has neither data nor etag");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("""["a"]""")]
    [InlineData("""{"keys":"a"}""")]
    [InlineData("""{"keys":[1]}""")]
    [InlineData("""{"keys":["ok","a||b"]}""")]
    public async Task A_malformed_bulk_get_is_a_400(string body)
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.in-memory"));

        var (status, error) = await sidecar.SendAsync(HttpMethod.Post, "store/bulk", body);

        (status, error.Code()).Should().Be((HttpStatusCode.BadRequest, "ERR_MALFORMED_REQUEST"));
    }

    [Fact]
    public async Task An_illegal_key_is_refused_by_every_operation()
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.in-memory"));

        foreach (var operation in new[] { "GET store/a%7C%7Cb", "DELETE store/a||b", """POST store [{"key":"a||b","value":1}]""", """POST store/bulk {"keys":["a||b"]}""" })
        {
            var (status, error) = await RunAsync(sidecar, operation);
            status.Should().Be(HttpStatusCode.BadRequest, operation);
            JsonNode.Parse(error)!["details"]!.ToJsonString().Should().Contain("DAPR_STATE_ILLEGAL_KEY").And.Contain("\"field\":\"a||b\"").And.Contain("\"resource_name\":\"store\"");
        }
    }

    private static Task<(HttpStatusCode Status, string Body)> RunAsync(RunningSidecar sidecar, string operation)
    {
        var parts = operation.Split(' ', 3);
        return sidecar.SendAsync(new HttpMethod(parts[0]), parts[1], parts.Length > 2 ? parts[2] : null);
    }
}
