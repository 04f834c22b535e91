using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Resort.Tests.Sidecar.Invocation;

/// <summary>Which headers reach the app, and which of its answer reach the caller.</summary>
public sealed class HeaderTests
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string NoTrace = "00-00000000000000000000000000000000-0000000000000000-00";

    [Fact]
    public async Task Ordinary_headers_arrive_unchanged_and_the_sidecar_says_who_calls_whom()
    {
        var headers = await HeadersAtAppAsync(request =>
        {
            request.Headers.Add("x-custom", "Value With Case");
            request.Headers.Add("x-two", ["a", "b"]);
            request.Headers.Add("authorization", "Bearer abc");
            request.Headers.Add("cookie", "a=1; b=2");
            request.Headers.Host = "shop.example";
            request.Content = new StringContent("{}", Encoding.UTF8, "application/vnd.api+json");
        });

        headers.Should().Contain(new Dictionary<string, string>
        {
            ["x-custom"] = "Value With Case",
            ["x-two"] = "a, b",
            ["authorization"] = "Bearer abc",
            ["cookie"] = "a=1; b=2",
            ["content-type"] = "application/vnd.api+json; charset=utf-8",
            ["dapr-caller-app-id"] = "caller",
            ["dapr-caller-namespace"] = "default",
            ["dapr-callee-app-id"] = "callee",
        });
        headers["host"].Should().StartWith("127.0.0.1:");
        headers["x-forwarded-for"].Should().NotBeEmpty();
        headers["forwarded"].Should().Be($"for={headers["x-forwarded-for"]};by={headers["x-forwarded-for"]};host={headers["x-forwarded-host"]}");
    }

    [Fact]
    public async Task Text_beyond_ASCII_goes_through_to_the_app_and_back()
    {
        await using var sidecars = await TwoSidecars.StartAsync(app => app.Handle("/*", (http, request) =>
        {
            http.Response.Headers["x-back"] = request.Header("x-there");
            return Task.CompletedTask;
        }));
        using var client = new HttpClient(new SocketsHttpHandler
        {
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            ResponseHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        });
        client.DefaultRequestHeaders.Add("x-there", "서귀포 clé");

        var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{sidecars.Caller.Options.HttpPort}/v1.0/invoke/callee/method/h"));

        sidecars.App.Requests[^1].Header("x-there").Should().Be("서귀포 clé");
        Values(answer.Headers, "x-back").Should().Equal("서귀포 clé");
    }

    [Fact]
    public async Task A_bare_request_stays_bare()
    {
        var headers = await HeadersAtAppAsync(_ => { });

        headers.Keys.Should().NotContain(["content-type", "content-length", "transfer-encoding", "accept", "accept-encoding", "user-agent", "tracestate", "baggage"]);
    }

    [Theory]
    [InlineData("keep-alive", "timeout=5")]
    [InlineData("proxy-connection", "keep-alive")]
    [InlineData("te", "trailers")]
    [InlineData("trailer", "x-t")]
    [InlineData("proxy-authorization", "p")]
    [InlineData("http2-settings", "abc")]
    [InlineData("destination-app-id", "spoof")]
    [InlineData("x-data-bin", "AAA")]
    public async Task Headers_of_one_hop_and_of_gRPC_are_dropped(string name, string value)
    {
        var headers = await HeadersAtAppAsync(request => request.Headers.TryAddWithoutValidation(name, value));

        headers.Should().NotContainKey(name);
    }

    [Fact]
    public async Task Names_reserved_for_gRPC_get_a_prefix_and_spoofed_names_stay_beside_the_real_ones()
    {
        var headers = await HeadersAtAppAsync(request =>
        {
            request.Headers.Add("grpc-timeout", "1S");
            request.Headers.Add("dapr-caller-app-id", "evil");
            request.Headers.Add("x-forwarded-for", "10.1.1.1");
        });

        headers.Should().Contain("dapr-grpc-timeout", "1S").And.NotContainKey("grpc-timeout");
        headers["dapr-caller-app-id"].Split(", ").Should().BeEquivalentTo("evil", "caller");
        headers["x-forwarded-for"].Should().StartWith("10.1.1.1, ");
    }

    [Theory]
    [InlineData(Trace, Trace, Trace)]
    [InlineData("nonsense", "nonsense", NoTrace)]
    [InlineData(null, NoTrace, NoTrace)]
    public async Task The_trace_context_goes_through_to_the_app_and_back(string? sent, string atApp, string inAnswer)
    {
        await using var sidecars = await TwoSidecars.StartAsync(TwoSidecars.Echo);

        var answer = await sidecars.SendAsync("GET", "/v1.0/invoke/callee/method/h", request =>
        {
            if (sent is not null) request.Headers.Add("traceparent", sent);
            request.Headers.Add("baggage", "user=alice");
        });

        sidecars.App.Requests[^1].Headers.Should().Contain("traceparent", atApp).And.Contain("baggage", "user=alice");
        (answer.Headers.GetValues("traceparent").Single(), answer.Headers.GetValues("baggage").Single()).Should().Be((inAnswer, "user=alice"));
    }

    [Fact]
    public async Task The_apps_token_replaces_the_callers()
    {
        await using var sidecars = await TwoSidecars.StartAsync(TwoSidecars.Echo, calleeOptions: options => options with { AppToken = "secret" });

        await sidecars.SendAsync("GET", "/v1.0/invoke/callee/method/h", request => request.Headers.Add("dapr-api-token", "mine"));

        sidecars.App.Requests[^1].Header("dapr-api-token").Should().Be("secret");
    }

    [Fact]
    public async Task The_answers_headers_come_back_except_those_of_the_hop()
    {
        await using var sidecars = await TwoSidecars.StartAsync(app => app.Handle("/*", (http, _) =>
        {
            var headers = http.Response.Headers;
            http.Response.StatusCode = 201;
            headers.SetCookie = new(["a=1; Path=/", "b=2"]);
            (headers.Location, headers.ETag, headers.Server, headers.ContentLanguage) = ("/orders/7", "\"v1\"", "app", "ko");
            (headers["x-many"], headers["grpc-status"], headers["x-data-bin"], headers["proxy-authenticate"]) = (new(["1", "2"]), "5", "AAA", "p");
            (headers["traceparent"], headers["connection"], headers["x-hop"]) = (Trace, "x-hop", "1");
            return http.Response.WriteAsJsonAsync(1);
        }));

        var answer = await sidecars.InvokeAsync("r");

        ((int)answer.StatusCode, answer.Headers.Location!.OriginalString, answer.Headers.ETag!.Tag).Should().Be((201, "/orders/7", "\"v1\""));
        Values(answer.Headers, "set-cookie").Should().Equal("a=1; Path=/", "b=2");
        Values(answer.Headers, "x-many").Should().Equal("1", "2");
        Values(answer.Headers, "traceparent").Should().Equal(Trace);
        Values(answer.Headers, "dapr-grpc-status").Should().Equal("5");
        Values(answer.Content.Headers, "content-language").Should().Equal("ko");
        answer.Headers.Select(header => header.Key.ToLowerInvariant()).Should().NotContain(["x-data-bin", "proxy-authenticate", "x-hop", "grpc-status"]);
    }

    private static async Task<IReadOnlyDictionary<string, string>> HeadersAtAppAsync(Action<HttpRequestMessage> with)
    {
        await using var sidecars = await TwoSidecars.StartAsync(TwoSidecars.Echo);
        (await sidecars.SendAsync("GET", "/v1.0/invoke/callee/method/h", with)).EnsureSuccessStatusCode();
        return sidecars.App.Requests[^1].Headers;
    }

    private static IEnumerable<string> Values(HttpHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values : [];
}
