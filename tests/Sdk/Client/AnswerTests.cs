using System.Net;
using System.Text.Json;
using Dapr;
using Dapr.Client;

namespace Resort.Tests.Sdk.Client;

/// <summary>What the client makes of a sidecar's answers.</summary>
public class AnswerTests
{
    [Fact]
    public async Task An_error_is_told_with_call_status_code_and_message()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(500, """{"errorCode":"ERR_STATE_GET","message":"disk is full"}""");
        var call = () => sidecar.Client().GetStateAsync<int>("store", "key", metadata: new Dictionary<string, string> { ["secret"] = "s" });
        var error = (await call.Should().ThrowAsync<DaprException>()).Which;
        error.Message.Should().Be($"GET {sidecar.Endpoint}/v1.0/state/store/key answered 500 ERR_STATE_GET: disk is full");
        error.InnerException.Should().BeOfType<HttpRequestException>().Which.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task An_error_in_plain_text_is_told_as_it_is()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(401, "invalid api token\n");
        var call = () => sidecar.Client().PublishEventAsync("pubsub", "topic", 1);
        await call.Should().ThrowAsync<DaprException>().WithMessage("*answered 401 invalid api token");
    }

    [Fact]
    public async Task A_conflict_is_false_for_a_try_and_an_exception_otherwise()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(409, """{"errorCode":"ERR_STATE_SAVE","message":"possible etag mismatch"}""");
        var client = sidecar.Client();
        (await client.TrySaveStateAsync("store", "key", 1, "e")).Should().BeFalse();
        (await client.TryDeleteStateAsync("store", "key", "e")).Should().BeFalse();
        await ((Func<Task>)(() => client.SaveStateAsync("store", "key", 1))).Should().ThrowAsync<DaprException>();
        await ((Func<Task>)(() => client.DeleteStateAsync("store", "key"))).Should().ThrowAsync<DaprException>();
        await ((Func<Task>)(() => client.SaveBulkStateAsync("store", [new SaveStateItem<int>("key", 1, "e")]))).Should().ThrowAsync<DaprException>();
    }

    [Theory]
    [InlineData(400)]
    [InlineData(500)]
    public async Task Any_other_failure_of_a_try_is_an_exception(int status)
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(status, "{}");
        var client = sidecar.Client();
        await ((Func<Task>)(() => client.TrySaveStateAsync("store", "key", 1, "e"))).Should().ThrowAsync<DaprException>();
        await ((Func<Task>)(() => client.TryDeleteStateAsync("store", "key", "e"))).Should().ThrowAsync<DaprException>();
    }

    [Fact]
    public async Task A_value_of_another_type_is_an_exception_that_names_the_type()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(200, """{"a":1}""");
        var call = () => sidecar.Client().GetStateAsync<int>("store", "key");
        (await call.Should().ThrowAsync<DaprException>().WithMessage("*not a System.Int32*")).WithInnerException<JsonException>();
    }

    [Fact]
    public async Task A_bulk_value_of_another_type_is_a_bare_JSON_exception()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(200, """[{"key":"a","data":"text","etag":"1"}]""");
        await ((Func<Task>)(() => sidecar.Client().GetBulkStateAsync<int>("store", ["a"], null))).Should().ThrowAsync<JsonException>();
    }

    [Fact]
    public async Task An_answer_of_unknown_length_is_read_whole()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(async context =>
        {
            await context.Response.Body.WriteAsync("[1,"u8.ToArray());
            await context.Response.Body.FlushAsync();
            await context.Response.Body.WriteAsync("2]"u8.ToArray());
        });
        (await sidecar.Client().GetStateAsync<int[]>("store", "key")).Should().Equal(1, 2);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_an_exception()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(async context =>
        {
            context.Response.ContentLength = 10;
            await context.Response.Body.WriteAsync("[1,"u8.ToArray());
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        var call = () => sidecar.Client().GetStateAsync<int[]>("store", "key");
        await call.Should().ThrowAsync<DaprException>().WithMessage("*did not get through*");
    }

    [Fact]
    public async Task A_binding_answers_with_data_and_metadata()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(200, "7", ("Metadata.statuscode", "201"), ("X-Other", "no"));
        var client = sidecar.Client();
        var answer = await client.InvokeBindingAsync(new BindingRequest("mail", "create") { Data = "{}"u8.ToArray(), Metadata = { ["path"] = "/x" } });
        sidecar.Request.Target.Should().Be("/v1.0/bindings/mail");
        sidecar.Request.Body.Should().Be("""{"operation":"create","data":{},"metadata":{"path":"/x"}}""");
        answer.Data.ToArray().Should().Equal("7"u8.ToArray());
        answer.Metadata.Should().ContainSingle().Which.Key.Should().Be("statuscode");
        answer.Metadata["statusCode"].Should().Be("201");
        (await client.InvokeBindingAsync<string, int>("mail", "get", "x")).Should().Be(7);
    }

    [Fact]
    public async Task A_binding_without_answer_gives_the_default()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(204);
        (await sidecar.Client().InvokeBindingAsync<int, int>("mail", "create", 1)).Should().Be(0);
    }

    [Fact]
    public async Task Metadata_without_members_is_empty()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(200, "{}");
        var metadata = await sidecar.Client().GetMetadataAsync();
        metadata.Should().BeEquivalentTo(new DaprMetadata("", [], new Dictionary<string, string>(), []));
    }

    [Fact]
    public async Task Metadata_shows_actors_components_and_values()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync(
            200,
            """{"id":"view","actorRuntime":{"activeActors":[{"type":"A","count":2},{"type":"B"}]},"extended":{"k":"v"},"components":"""
            + """[{"name":"s","type":"state.x","version":"v1","capabilities":["ETAG"]},{"name":"p","type":"pubsub.x"}]}""");
        var metadata = await sidecar.Client().GetMetadataAsync();
        metadata.Should().BeEquivalentTo(new DaprMetadata(
            "view",
            [new DaprActorMetadata("A", 2), new DaprActorMetadata("B", 0)],
            new Dictionary<string, string> { ["k"] = "v" },
            [new DaprComponentsMetadata("s", "state.x", "v1", ["ETAG"]), new DaprComponentsMetadata("p", "pubsub.x", "", [])]));
    }
}
