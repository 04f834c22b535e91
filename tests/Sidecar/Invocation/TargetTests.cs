using System.Net;
using Microsoft.AspNetCore.Http;
using Resort.Sidecar.Components;

namespace Resort.Tests.Sidecar.Invocation;

/// <summary>What can be invoked: the own app, other apps and their replicas, HTTP endpoints, addresses.</summary>
public sealed class TargetTests
{
    [Theory]
    [InlineData("shop")]
    [InlineData("shop.default")]
    public async Task The_own_app_is_called_without_headers_about_the_caller(string target)
    {
        await using var sidecar = await SidecarFixture.OneAsync(app: app => app.On("/me", 200, "here"));

        var answer = await sidecar.Http.GetStringAsync($"/v1.0/invoke/{target}/method/me");

        answer.Should().Be("here");
        sidecar.App.Requests[^1].Headers.Keys.Should().NotContain(["dapr-caller-app-id", "dapr-callee-app-id", "x-forwarded-for", "forwarded"]);
    }

    [Theory]
    [InlineData("shop", "cannot invoke local endpoint: app channel not initialized")]
    [InlineData("nobody", "couldn't find service: nobody")]
    [InlineData("SHOP", "couldn't find service: SHOP")]
    [InlineData("a.b.c", "invalid app id a.b.c")]
    public async Task A_target_that_is_not_there_is_an_error_at_once(string target, string why)
    {
        await using var sidecar = await SidecarFixture.OneAsync();

        var answer = await sidecar.Http.GetAsync($"/v1.0/invoke/{target}/method/x");

        (await TwoSidecars.ErrorAsync(answer)).Should().Be($"failed to invoke, id: {target}, err: {why}");
    }

    [Fact]
    public async Task A_callee_without_app_says_so()
    {
        await using var sidecars = await TwoSidecars.StartAsync(TwoSidecars.Echo);
        await sidecars.Fixture.StartAsync("silent");

        var answer = await sidecars.Caller.Http.GetAsync("/v1.0/invoke/silent/method/x");

        (await TwoSidecars.ErrorAsync(answer)).Should().Be("failed to invoke, id: silent, err: rpc error: code = Internal desc = app channel is not initialized");
    }

    [Fact]
    public async Task An_app_that_is_down_is_an_error_and_is_called_again_when_it_is_back()
    {
        await using var sidecars = await TwoSidecars.StartAsync(TwoSidecars.Echo);
        await sidecars.App.StopAsync();

        var down = await sidecars.InvokeAsync("x");
        await sidecars.App.StartAsync();
        var up = await sidecars.InvokeAsync("x");

        var address = $"127.0.0.1:{sidecars.App.Port}";
        (await TwoSidecars.ErrorAsync(down)).Should().Be(
            $"failed to invoke, id: callee, err: rpc error: code = Internal desc = error invoking app channel: Get \"http://{address}/x\": dial tcp {address}: connect: connection refused");
        up.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_ill_app_is_not_called()
    {
        await using var sidecars = await TwoSidecars.StartAsync(TwoSidecars.Echo);
        sidecars.Callee.Runtime.App!.IsHealthy = false;

        var answer = await sidecars.InvokeAsync("x");

        (await TwoSidecars.ErrorAsync(answer)).Should().EndWith("error invoking app channel: rpc error: code = Internal desc = app is not in a healthy state");
    }

    [Fact]
    public async Task Replicas_take_turns_and_one_that_is_down_is_passed_over()
    {
        await using var sidecars = await TwoSidecars.StartAsync(app => app.On("/who", 200, "first"));
        var second = await sidecars.Fixture.StartAsync("callee", app: app => app.On("/who", 200, "second"));

        var both = await AskAsync(10);
        await second.App.StopAsync();
        var one = await AskAsync(10);

        both.GroupBy(who => who).Select(group => group.Count()).Should().Equal(5, 5);
        one.Should().OnlyContain(who => who == "first");

        async Task<List<string>> AskAsync(int times)
        {
            List<string> answers = [];
            for (var i = 0; i < times; i++) answers.Add(await (await sidecars.InvokeAsync("who")).Content.ReadAsStringAsync());
            return answers;
        }
    }

    [Fact]
    public async Task An_address_is_called_directly_and_its_redirects_are_the_callers()
    {
        await using var sidecars = await TwoSidecars.StartAsync(app => app.Handle("/away", Redirect).Handle("/*", Echo));
        var address = $"http://127.0.0.1:{sidecars.App.Port}";

        var plain = await sidecars.SendAsync("GET", $"/v1.0/invoke/{address}/method/a%20b?q=1");
        var escaped = await sidecars.SendAsync("GET", $"/v1.0/invoke/{Uri.EscapeDataString(address)}/method/x");
        var redirected = await sidecars.SendAsync("GET", $"/v1.0/invoke/{address}/method/away");

        (await plain.Content.ReadAsStringAsync(), await escaped.Content.ReadAsStringAsync()).Should().Be(("/a%20b?q=1", "/x"));
        redirected.RequestMessage!.RequestUri!.PathAndQuery.Should().Be("/elsewhere", "the caller's client has followed it");
        sidecars.App.Requests[^1].Headers.Keys.Should().NotContain("dapr-caller-app-id");
    }

    [Fact]
    public async Task An_HTTPEndpoint_is_called_by_its_name_with_its_own_headers_and_redirects_are_followed()
    {
        await using var sidecars = await TwoSidecars.StartAsync(app => app.Handle("/base/away", Redirect).Handle("/*", Echo));
        var edge = await sidecars.Fixture.StartAsync("edge", $$"""
            apiVersion: dapr.io/v1alpha1
            kind: HTTPEndpoint
            metadata: { name: outside }
            spec:
              baseUrl: http://127.0.0.1:{{sidecars.App.Port}}/base
              headers:
                - { name: x-key, value: k1 }
                - { name: x-region, envRef: OUTSIDE_REGION }
                - { name: Content-Type, value: text/plain }
            """);
        edge.Http.DefaultRequestHeaders.Add("x-key", "mine");

        var answer = await edge.PostAsync("/v1.0/invoke/outside/method/orders?x=1", 1);
        var redirected = await edge.Http.GetAsync("/v1.0/invoke/outside/method/away");

        (await answer.Content.ReadAsStringAsync(), await redirected.Content.ReadAsStringAsync()).Should().Be(("/base/orders?x=1", "/elsewhere"));
        var request = (await sidecars.App.ReceivedAsync("/base/orders"))[0];
        request.Headers.Should().Contain("x-key", "k1").And.Contain("x-region", "").And.Contain("Content-Type", "text/plain").And.NotContainKey("dapr-caller-app-id");
    }

    [Theory]
    [InlineData("  headers: []", ":5: `spec.baseUrl` is missing")]
    [InlineData("  baseUrl: ftp://x", ":5: `spec.baseUrl` must be an http or https address, not 'ftp://x'")]
    [InlineData("  baseUrl: http://x\n  clientTLS: { rootCA: { value: x } }", "`spec.clientTLS`")]
    [InlineData("  baseUrl: http://x\n  timeout: 5s", ":6: `spec.timeout` is not a known field")]
    public async Task A_wrong_HTTPEndpoint_ends_the_start(string spec, string why)
    {
        var start = () => SidecarFixture.OneAsync($"apiVersion: dapr.io/v1alpha1\nkind: HTTPEndpoint\nmetadata: {{ name: outside }}\nspec:\n{spec}");

        (await start.Should().ThrowAsync<ResourceException>()).WithMessage($"*{why}*");
    }

    private static Task Redirect(HttpContext http, AppRequest request)
    {
        http.Response.Redirect("/elsewhere");
        return Task.CompletedTask;
    }

    private static Task Echo(HttpContext http, AppRequest request) => http.Response.WriteAsync(request.Path + request.Query);
}
