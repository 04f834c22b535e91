using System.Text;
using Microsoft.AspNetCore.Http;
using Resort.Sidecar.Components;
using Resort.Tests.Sidecar.State;

namespace Resort.Tests.Sidecar.Bindings;

/// <summary>Output bindings over HTTP; the app stands for the server outside.</summary>
public sealed class BindingTests
{
    [Theory]
    [InlineData("create", "POST", """{"text":"안녕"}""")]
    [InlineData("post", "POST", """{"text":"안녕"}""")]
    [InlineData("put", "PUT", """{"text":"안녕"}""")]
    [InlineData("patch", "PATCH", """{"text":"안녕"}""")]
    [InlineData("get", "GET", "")]
    [InlineData("delete", "DELETE", "")]
    [InlineData("options", "OPTIONS", "")]
    public async Task An_operation_is_a_request_with_that_verb(string operation, string verb, string body)
    {
        await using var outside = await OutsideAsync(app => app.On("/hook", 201, """{"got":true}"""));

        var answer = await outside.SendAsync($$"""{"data":{"text":"안녕"},"operation":"{{operation}}"}""");

        (answer.Status, answer.Body).Should().Be((200, """{"got":true}"""));
        (answer.Header("metadata.statusCode"), answer.Header("metadata.status"), answer.Header("Content-Type")).Should().Be(("201", "201 Created", "application/json"));
        var request = (await outside.App.ReceivedAsync("/hook"))[0];
        (request.Method, request.Text, request.Header("Accept")).Should().Be((verb, body, "application/json; charset=utf-8"));
        request.Header("Content-Type").Should().Be(body.Length > 0 ? "application/json; charset=utf-8" : null);
    }

    [Theory]
    [InlineData("""{"operation":"post"}""", "null")]
    [InlineData("""{"operation":"post","data":"text"}""", "\"text\"")]
    [InlineData("""{"OPERATION":"post","data":[1,2.50],"other":{}}""", "[1,2.5]")]
    public async Task Data_is_any_JSON(string body, string sent)
    {
        await using var outside = await OutsideAsync(app => app.On("/hook", 204));

        var answer = await outside.SendAsync(body, HttpMethod.Put);

        (answer.Status, answer.Body, answer.Header("metadata.statusCode")).Should().Be((200, "", "204"));
        (await outside.App.ReceivedAsync("/hook"))[0].Text.Should().Be(sent);
    }

    [Fact]
    public async Task Metadata_with_a_capital_are_headers_and_the_path_goes_behind_the_url()
    {
        await using var outside = await OutsideAsync(app => app.Handle("/hook/a/b", (http, _) =>
        {
            http.Response.Headers["X-Reply"] = new(["one", "two"]);
            return http.Response.WriteAsync("ok");
        }), "{ name: securityTokenHeader, value: X-Token }, { name: securityToken, value: t-1 }");

        var answer = await outside.SendAsync("""{"operation":"post","metadata":{"path":"/a/b","Content-Type":"text/plain","X-One":"1","Host":"elsewhere","small":"no","Accept":"*/*"}}""",
            headers: ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        answer.Header("metadata.X-Reply").Should().Be("one, two");
        var request = (await outside.App.ReceivedAsync("/hook/a/b"))[0];
        (request.Header("Content-Type"), request.Header("X-One"), request.Header("Accept"), request.Header("X-Token"), request.Header("small")).Should().Be(("text/plain", "1", "*/*", "t-1", null));
        request.Header("Host").Should().StartWith("127.0.0.1");
        request.Header("traceparent").Should().Be("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    [Theory]
    [InlineData("", "", 500, "error invoking output binding hook: received status code 418")]
    [InlineData("{ name: errorIfNot2XX, value: \"false\" }", "", 200, null)]
    [InlineData("", ""","errorIfNot2XX":"no" """, 200, null)]
    public async Task A_status_that_is_no_success_fails_unless_it_shall_not(string metadata, string own, int status, string? message)
    {
        await using var outside = await OutsideAsync(app => app.On("/hook", 418, "short and stout"), metadata);

        var answer = await outside.SendAsync($$"""{"metadata":{"x":"y"{{own}} },"operation":"get"}""");

        (answer.Status, answer.Header("metadata.statusCode")).Should().Be((status, "418"));
        if (message is null) answer.Body.Should().Be("short and stout");
        else (answer.Body.Code(), answer.Body.Message()).Should().Be(("ERR_INVOKE_OUTPUT_BINDING", message));
    }

    [Theory]
    [InlineData("hook", "{}", "operation field is missing from request")]
    [InlineData("hook", "null", "operation field is missing from request")]
    [InlineData("hook", """{"operation":"list"}""", "binding hook does not support operation list. supported operations:create get head post put patch delete options trace")]
    [InlineData("hook", """{"operation":"GET"}""", "binding hook does not support operation GET. supported operations:create get head post put patch delete options trace")]
    [InlineData("nowhere", """{"operation":"get"}""", "couldn't find output binding nowhere")]
    [InlineData("unset", """{"operation":"get"}""", "Get \"\": unsupported protocol scheme \"\"")]
    [InlineData("closed", """{"operation":"post"}""", "Post \"http://127.0.0.1:1/\": dial tcp 127.0.0.1:1: connect: connection refused")]
    [InlineData("hook", """{"operation":"get","metadata":{"A b":"c"}}""", "net/http: invalid header field name \"A b\"")]
    [InlineData("hook", """{"operation":"get","metadata":{"Ab":"c\nd"}}""", "net/http: invalid header field value for \"Ab\"")]
    public async Task What_cannot_be_done_is_a_500_with_the_reason(string name, string body, string reason)
    {
        var others = StateCalls.Component("unset", "bindings.http", "{ name: url, envRef: NO_SUCH_VARIABLE }") + StateCalls.Component("closed", "bindings.http", "{ name: url, value: \"http://127.0.0.1:1/\" }");
        await using var outside = await OutsideAsync(_ => { }, more: others);

        var answer = await outside.SendAsync(body, name: name);

        (answer.Status, answer.Body.Code()).Should().Be((500, "ERR_INVOKE_OUTPUT_BINDING"));
        answer.Body.Message().Should().StartWith($"error invoking output binding {name}: ").And.EndWith(reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"operation":1}""")]
    [InlineData("""{"operation":"get","metadata":{"a":1}}""")]
    public async Task A_body_that_is_none_is_a_400(string body)
    {
        await using var outside = await OutsideAsync(_ => { });

        var answer = await outside.SendAsync(body);

        (answer.Status, answer.Body.Code()).Should().Be((400, "ERR_MALFORMED_REQUEST"));
        answer.Body.Message().Should().StartWith("failed deserializing HTTP body: ");
    }

    [Fact]
    public async Task An_answer_is_read_up_to_the_limit()
    {
        await using var outside = await OutsideAsync(app => app.On("/hook", 200, new string('x', 20_000)), "{ name: maxResponseBodySize, value: 10Ki }");

        (await outside.SendAsync("""{"operation":"get"}""")).Body.Should().HaveLength(10 << 10);
    }

    [Fact]
    public async Task A_server_that_takes_too_long_is_given_up()
    {
        await using var outside = await OutsideAsync(app => app.Handle("/hook", (http, _) => Task.Delay(Probe.Patience, http.RequestAborted)), "{ name: responseTimeout, value: 50ms }");

        (await outside.SendAsync("""{"operation":"get"}""")).Body.Message().Should().StartWith("error invoking output binding hook: Get \"http://127.0.0.1:").And.EndWith("context deadline exceeded");
    }

    [Fact]
    public async Task Policies_of_the_component_apply()
    {
        var failures = 2;
        await using var outside = await OutsideAsync(app => app.On("/hook", _ => failures-- > 0 ? (500, null) : (200, "at last")), more: """
            apiVersion: dapr.io/v1alpha1
            kind: Resiliency
            metadata: { name: r }
            spec:
              policies: { retries: { twice: { policy: constant, duration: 1ms, maxRetries: 2 } } }
              targets: { components: { hook: { outbound: { retry: twice } } } }
            """);

        var answer = await outside.SendAsync("""{"operation":"post","data":1}""");

        (answer.Status, answer.Body).Should().Be((200, "at last"));
        outside.App.Requests.Count(request => request is { Path: "/hook", Text: "1" }).Should().Be(3);
    }

    [Fact]
    public async Task The_metadata_lists_it()
    {
        await using var outside = await OutsideAsync(_ => { });

        var (_, metadata) = await outside.Sidecar.CallAsync(HttpMethod.Get, "/v1.0/metadata");

        metadata!["components"]!.ToJsonString().Should().Be("""[{"name":"hook","type":"bindings.http","version":"v1","capabilities":["OUTPUT_BINDING"]}]""");
    }

    [Theory]
    [InlineData("bindings.cron", "{ name: schedule, value: \"@daily\" }", "the embedded sidecar has no bindings.cron; run this on daprd, or use bindings.http")]
    [InlineData("bindings.nosuch", "", "there is no component type `bindings.nosuch`; the embedded sidecar has bindings.http")]
    [InlineData("bindings.http", "", "metadata `url` is missing")]
    [InlineData("bindings.http", "{ name: url, value: \"ftp://x\" }", "metadata `url` must be an http or https address, not 'ftp://x'")]
    [InlineData("bindings.http", "{ name: url, value: \"http://x\" }, { name: direction, value: input }", "metadata `direction` must be output, not 'input'")]
    [InlineData("bindings.http", "{ name: url, value: \"http://x\" }, { name: MTLSRootCA, value: a.pem }", "the embedded sidecar has no certificates of its own for bindings (`MTLSRootCA`); run this on daprd")]
    [InlineData("bindings.http", "{ name: url, value: \"http://x\" }, { name: maxResponseBodySize, value: much }", "metadata `maxResponseBodySize` must be a size such as 4Mi, not 'much'")]
    [InlineData("bindings.http", "{ name: url, value: \"http://x\" }, { name: method, value: GET }", "metadata `method` is not known to this component; it knows ")]
    public async Task A_component_that_cannot_be_is_refused(string type, string metadata, string expected)
    {
        await using var fixture = new SidecarFixture();

        var start = () => fixture.StartAsync("shop", StateCalls.Component("hook", type, metadata));

        (await start.Should().ThrowAsync<ResourceException>()).Which.Message.Should().Contain($"resources.yaml:4: {expected}");
    }

    private static async Task<Outside> OutsideAsync(Action<ScriptedApp> script, string metadata = "", string more = "")
    {
        var app = new ScriptedApp();
        script(app);
        await app.StartAsync();
        var url = $"{{ name: url, value: \"http://127.0.0.1:{app.Port}/hook\" }}, {metadata}";
        return new Outside(app, await SidecarFixture.OneAsync(StateCalls.Component("hook", "bindings.http", url) + more));
    }

    private sealed record Answer(int Status, string Body, HttpResponseMessage Message)
    {
        public string? Header(string name) => Message.Headers.Concat(Message.Content.Headers).FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?.Single();
    }

    /// <summary>A server outside, and a sidecar with a binding named <c>hook</c> that points to it.</summary>
    private sealed record Outside(ScriptedApp App, RunningSidecar Sidecar) : IAsyncDisposable
    {
        public async Task<Answer> SendAsync(string body, HttpMethod? method = null, string name = "hook", (string Name, string Value)? headers = null)
        {
            using var request = new HttpRequestMessage(method ?? HttpMethod.Post, $"/v1.0/bindings/{name}") { Content = new StringContent(body, Encoding.UTF8) };
            if (headers is (var header, var value)) request.Headers.Add(header, value);
            var answer = await Sidecar.Http.SendAsync(request);
            return new Answer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
        }

        public async ValueTask DisposeAsync()
        {
            await Sidecar.DisposeAsync();
            await App.DisposeAsync();
        }
    }
}
