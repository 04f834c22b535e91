using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Resort.Tests.Sidecar.Invocation;

/// <summary>How a request says which app and which method it means.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("/v1.0/invoke/callee/method/orders/1?a=1&a=2", "/orders/1?a=1&a=2")]
    [InlineData("/v1.0/invoke/callee/method/", "/")]
    [InlineData("/v1.0/invoke/callee/method/a//b/", "/a/b")]
    [InlineData("//v1.0/invoke/callee/method/a", "/a")]
    [InlineData("/v1.0/invoke/callee/method/a/../../../b", "/b")]
    [InlineData("/v1.0/invoke/callee/method/%2e%2e%2fx", "/x")]
    [InlineData("/v1.0/invoke/callee/method/a%2Fb", "/a/b")]
    [InlineData("/v1.0/invoke/callee/method/a%20b", "/a%20b")]
    [InlineData("/v1.0/invoke/callee/method/a+b%2Bc", "/a+b+c")]
    [InlineData("/v1.0/invoke/callee/method/%ED%95%9C", "/%ED%95%9C")]
    [InlineData("/v1.0/invoke/callee/method/a%252Fb", "/a%2Fb")]
    [InlineData("/v1.0/invoke/callee/method/it's(a)[b]", "/it's(a)[b]")]
    [InlineData("/v1.0/invoke/callee/method/a|b", "/a%7Cb")]
    [InlineData("/v1.0/invoke/callee/method/v1.0/invoke/other/method/x", "/v1.0/invoke/other/method/x")]
    [InlineData("/v1.0/invoke/callee.default/method/a", "/a")]
    [InlineData("/v1.0/invoke/callee/method/q?", "/q")]
    [InlineData("/v1.0/invoke/callee/method/q?a=%zz", "/q?a=%zz")]
    public async Task The_path_names_app_and_method(string path, string reached)
    {
        await using var sidecars = await TwoSidecars.StartAsync(TwoSidecars.Echo);

        var answer = await sidecars.SendAsync("GET", path);

        (await answer.Content.ReadAsStringAsync()).Should().Be(reached);
    }

    [Theory]
    [InlineData("/orders/1?x=2", "/orders/1?x=2")]
    [InlineData("/v1.0/invoke/other/method/b", "/v1.0/invoke/other/method/b")]
    [InlineData("/v1.0/healthz", "/v1.0/healthz")]
    public async Task The_header_names_the_app_for_every_path_and_verb_that_is_no_route(string path, string reached)
    {
        await using var sidecars = await TwoSidecars.StartAsync(TwoSidecars.Echo);

        var answer = await sidecars.SendAsync("PUT", path, request => request.Headers.Add("dapr-app-id", "callee"));

        (await answer.Content.ReadAsStringAsync()).Should().Be(reached);
        sidecars.App.Requests[^1].Header("dapr-app-id").Should().BeNull();
    }

    [Theory]
    [InlineData("dapr-app-id:callee", "/orders/1", 200)]
    [InlineData("DAPR-APP-ID:callee", "/orders/1", 200)]
    [InlineData("user:callee", "/orders/1", 404)]
    [InlineData("dapr-app-id:callee:x", "/orders/1", 404)]
    [InlineData("user:secret", "/v1.0/invoke/callee/method/orders/1", 200)]
    public async Task Basic_authorization_names_the_app_and_is_passed_on(string userAndPassword, string path, int status)
    {
        await using var sidecars = await TwoSidecars.StartAsync(TwoSidecars.Echo);
        var authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(userAndPassword)));

        var answer = await sidecars.SendAsync("GET", path, request => request.Headers.Authorization = authorization);

        ((int)answer.StatusCode).Should().Be(status);
        if (status == 200) sidecars.App.Requests[^1].Header("authorization").Should().Be(authorization.ToString());
    }

    [Theory]
    [InlineData("/v1.0/invoke/callee")]
    [InlineData("/v1.0/invoke/callee/method")]
    [InlineData("/v1.0/invoke//method/x")]
    [InlineData("/v1.0/Invoke/callee/method/x")]
    [InlineData("/v1.1/invoke/callee/method/x")]
    [InlineData("/")]
    public async Task A_request_that_names_no_app_is_unknown(string path)
    {
        await using var sidecar = await SidecarFixture.OneAsync();

        var (status, body) = await sidecar.CallAsync(HttpMethod.Get, path);

        (status, body!["message"]!.GetValue<string>()).Should().Be((404, "failed getting app id either from the URL path or the header dapr-app-id"));
    }

    [Theory]
    [InlineData("a%3Fb", "invalid method: method contains forbidden character: \"a?b\"")]
    [InlineData("a%0Ab", "invalid method: method contains control character at position 1: \"a\\nb\"")]
    [InlineData("100%25", "invalid URL escape \"%\"")]
    [InlineData("a%FFb", "method is not UTF-8")]
    public async Task A_method_that_cannot_be_a_path_is_refused(string method, string why)
    {
        await using var sidecars = await TwoSidecars.StartAsync(TwoSidecars.Echo);

        var answer = await sidecars.InvokeAsync(method);

        (await TwoSidecars.ErrorAsync(answer)).Should().StartWith("failed to invoke, id: callee, err: ").And.Contain(why);
        sidecars.App.Requests.Should().NotContain(request => request.Path != "/dapr/config");
    }

    [Fact]
    public async Task A_broken_escape_is_a_bad_request()
    {
        await using var sidecars = await TwoSidecars.StartAsync(TwoSidecars.Echo);

        var answer = await sidecars.InvokeAsync("%zz");

        ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()).Should().Be((400, "400 Bad Request"));
    }

    [Theory]
    [InlineData("GET", "GET")]
    [InlineData("patch", "PATCH")]
    [InlineData("PURGE", "POST")]
    public async Task Verbs_arrive_in_capitals_and_unusual_ones_as_POST(string verb, string arrived)
    {
        await using var sidecars = await TwoSidecars.StartAsync(TwoSidecars.Echo);

        await sidecars.SendAsync(verb, "/v1.0/invoke/callee/method/verb", request => request.Content = JsonContent.Create(1));

        sidecars.App.Requests[^1].Method.Should().Be(arrived);
    }
}
