using System.Net;
using Microsoft.AspNetCore.Http;
using Resort.Tests.Sidecar.Invocation;

namespace Resort.Tests.Sidecar.Resiliency;

/// <summary>Policies around invocations, at the caller's sidecar.</summary>
public sealed class InvocationPolicyTests
{
    [Theory]
    [InlineData("/v1.0/invoke/callee/method/x", 3)]
    [InlineData("/v1.0/invoke/callee.default/method/x", 1)] // the target is the text that the caller wrote
    public async Task A_failed_call_is_repeated_with_its_body_until_it_succeeds(string path, int calls)
    {
        await using var sidecars = await TwoSidecars.StartAsync(Failing(500, 503, 200), Resiliency("retry: r"));

        var answer = await sidecars.SendAsync("POST", path, request => request.Content = new StringContent("body"));

        answer.StatusCode.Should().Be(calls == 3 ? HttpStatusCode.OK : HttpStatusCode.InternalServerError);
        CallsOf(sidecars.App).Select(call => call.Text).Should().Equal(Enumerable.Repeat("body", calls));
    }

    [Fact]
    public async Task The_last_answer_is_the_callers()
    {
        await using var sidecars = await TwoSidecars.StartAsync(app => app.On("/x", request => (500, $"failed {request.Path}")), Resiliency("retry: r"));

        var answer = await sidecars.InvokeAsync("x");

        ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()).Should().Be((500, "failed /x"));
        CallsOf(sidecars.App).Should().HaveCount(3);
    }

    [Fact]
    public async Task A_body_without_length_is_sent_once()
    {
        await using var sidecars = await TwoSidecars.StartAsync(Failing(500), Resiliency("retry: r"));

        var answer = await sidecars.SendAsync("POST", "/v1.0/invoke/callee/method/x", request =>
        {
            request.Content = new StringContent("body");
            request.Headers.TransferEncodingChunked = true;
        });

        answer.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        CallsOf(sidecars.App).Should().HaveCount(1);
    }

    [Fact]
    public async Task An_app_that_does_not_answer_in_time_is_given_up_and_cancelled()
    {
        var cancelled = new TaskCompletionSource();
        await using var sidecars = await TwoSidecars.StartAsync(app => app.Handle("/x", async (http, _) =>
        {
            http.RequestAborted.Register(() => cancelled.TrySetResult());
            await cancelled.Task.WaitAsync(Probe.Patience);
        }), Resiliency("timeout: t"));

        var answer = await sidecars.InvokeAsync("x");

        (await TwoSidecars.ErrorAsync(answer)).Should().Be("failed to invoke, id: callee, err: context deadline exceeded");
        await cancelled.Task.WaitAsync(Probe.Patience);
    }

    [Fact]
    public async Task An_answer_that_takes_longer_than_the_timeout_breaks_off()
    {
        await using var sidecars = await TwoSidecars.StartAsync(app => app.Handle("/x", async (http, _) =>
        {
            await http.Response.WriteAsync("one");
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }), Resiliency("timeout: t\n        retry: r"));

        var read = async () => await (await sidecars.InvokeAsync("x")).Content.ReadAsStringAsync();

        await read.Should().ThrowAsync<HttpRequestException>();
        CallsOf(sidecars.App).Should().HaveCount(1, "what has begun to reach the caller is not repeated");
    }

    [Fact]
    public async Task A_breaker_refuses_a_method_that_keeps_failing_and_no_other()
    {
        await using var sidecars = await TwoSidecars.StartAsync(app => app.On("/*", 404), Resiliency("circuitBreaker: b"));

        List<HttpStatusCode> answers = [];
        for (var i = 0; i < 3; i++) answers.Add((await sidecars.InvokeAsync($"x?n={i}")).StatusCode);
        var refused = await sidecars.InvokeAsync("x");
        var other = await sidecars.InvokeAsync("y");

        answers.Should().OnlyContain(status => status == HttpStatusCode.NotFound);
        (await TwoSidecars.ErrorAsync(refused)).Should().Be("failed to invoke, id: callee, err: circuit breaker is open");
        other.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_unknown_app_counts_too()
    {
        await using var sidecars = await TwoSidecars.StartAsync(app => app.On("/*"), Resiliency("circuitBreaker: b", target: "nobody"));

        string? last = null;
        for (var i = 0; i < 4; i++) last = await TwoSidecars.ErrorAsync(await sidecars.SendAsync("GET", "/v1.0/invoke/nobody/method/x"));

        last.Should().EndWith("circuit breaker is open");
    }

    [Fact]
    public async Task Policies_of_another_scope_do_not_count()
    {
        await using var sidecars = await TwoSidecars.StartAsync(Failing(500, 200), Resiliency("retry: r") + "scopes: [other]\n");

        (await sidecars.InvokeAsync("x")).StatusCode.Should().Be(HttpStatusCode.InternalServerError);
    }

    private static string Resiliency(string policies, string target = "callee") => $$"""
        apiVersion: dapr.io/v1alpha1
        kind: Resiliency
        metadata: { name: resiliency }
        spec:
          policies:
            timeouts: { t: 100ms }
            retries: { r: { duration: 10ms, maxRetries: 2 } }
            circuitBreakers: { b: { trip: consecutiveFailures > 2 } }
          targets:
            apps:
              {{target}}:
                {{policies}}

        """;

    private static Action<ScriptedApp> Failing(params int[] statuses)
    {
        var left = new Queue<int>(statuses);
        return app => app.On("/x", _ => (left.Dequeue(), null));
    }

    private static IEnumerable<AppRequest> CallsOf(ScriptedApp app) => app.Requests.Where(request => request.Path == "/x");
}
