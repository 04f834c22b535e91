using System.Text;
using Microsoft.AspNetCore.Http;

namespace Resort.Tests.Sidecar.Invocation;

/// <summary>How a caller's body reaches the app.</summary>
public sealed class BodyTests
{
    [Theory]
    [InlineData("POST", "plain", "5", null)]
    [InlineData("DELETE", "why", "3", null)]
    [InlineData("POST", "", null, "chunked")]
    [InlineData("PUT", null, null, "chunked")]
    [InlineData("GET", null, null, null)]
    [InlineData("DELETE", null, null, null)]
    public async Task A_body_keeps_its_length_and_an_empty_one_of_a_verb_that_has_one_is_announced(string verb, string? body, string? length, string? coding)
    {
        await using var sidecars = await TwoSidecars.StartAsync(TwoSidecars.Echo);

        await sidecars.SendAsync(verb, "/v1.0/invoke/callee/method/b", request => request.Content = body is null ? null : new StringContent(body));

        var got = sidecars.App.Requests[^1];
        (got.Text, got.Header("content-length"), got.Header("transfer-encoding")).Should().Be((body ?? "", length, coding));
    }

    [Fact]
    public async Task A_body_without_length_reaches_the_app_while_the_caller_still_sends()
    {
        var arrived = new TaskCompletionSource<string>();
        await using var sidecars = await TwoSidecars.StartAsync(app => app.HandleUnread("/b", async http =>
        {
            var buffer = new byte[3];
            await http.Request.Body.ReadExactlyAsync(buffer);
            arrived.SetResult(Encoding.UTF8.GetString(buffer));
            using var rest = new StreamReader(http.Request.Body);
            await http.Response.WriteAsync(await rest.ReadToEndAsync());
        }));
        using var content = new PushContent();

        var call = sidecars.SendAsync("POST", "/v1.0/invoke/callee/method/b", request => request.Content = content);
        await content.WriteAsync("one");
        var first = await arrived.Task.WaitAsync(Probe.Patience);
        await content.WriteAsync("two");
        content.End();

        (first, await (await call).Content.ReadAsStringAsync()).Should().Be(("one", "two"));
    }

    [Theory]
    [InlineData(1000, false, 200)]
    [InlineData(1001, false, 500)]
    [InlineData(1000, true, 200)]
    [InlineData(1001, true, 500)]
    public async Task A_body_over_the_callers_limit_is_refused(int size, bool withoutLength, int status)
    {
        await using var sidecars = await TwoSidecars.StartAsync(app => app.On("/b", 200, "got it"), options: options => options with { MaxBodySize = 1000 });

        var answer = await sidecars.SendAsync("POST", "/v1.0/invoke/callee/method/b", request =>
        {
            request.Content = new ByteArrayContent(new byte[size]);
            request.Headers.TransferEncodingChunked = withoutLength;
        });

        ((int)answer.StatusCode).Should().Be(status);
        if (status == 500) (await TwoSidecars.ErrorAsync(answer)).Should().Be("failed to invoke, id: callee, err: stream too large");
    }

    [Fact]
    public async Task A_caller_that_hangs_up_cancels_the_apps_request()
    {
        var cancelled = new TaskCompletionSource();
        await using var sidecars = await TwoSidecars.StartAsync(app => app.Handle("/slow", async (http, _) =>
        {
            http.RequestAborted.Register(cancelled.SetResult);
            await cancelled.Task.WaitAsync(Probe.Patience);
        }));
        using var hangUp = new CancellationTokenSource();

        var call = sidecars.Caller.Http.GetAsync("/v1.0/invoke/callee/method/slow", hangUp.Token);
        await sidecars.App.ReceivedAsync("/slow");
        await hangUp.CancelAsync();

        await cancelled.Task.WaitAsync(Probe.Patience);
        await call.Invoking(it => it).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_request_is_sent_once_even_if_the_app_closes_the_connection_without_an_answer()
    {
        await using var sidecar = await SidecarFixture.OneAsync();
        await using var server = new RawServer(answer: "");

        var answer = await sidecar.Http.GetAsync($"/v1.0/invoke/{server.Address}/method/x");

        (await TwoSidecars.ErrorAsync(answer)).Should().Be($"failed to invoke, id: {server.Address}, err: Get \"{server.Address}/x\": EOF");
        server.Connections.Should().Be(1);
    }

    [Fact]
    public async Task No_more_calls_reach_the_app_at_once_than_app_max_concurrency_allows()
    {
        int running = 0, most = 0;
        await using var sidecars = await TwoSidecars.StartAsync(app => app.Handle("/x", async (http, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await http.Response.WriteAsync("begun");
            for (var turn = 0; turn < 100; turn++) await Task.Yield();
            Interlocked.Decrement(ref running);
        }), calleeOptions: options => options with { AppMaxConcurrency = 2 });

        await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ => await (await sidecars.InvokeAsync("x")).Content.ReadAsStringAsync()));

        (most, sidecars.App.Requests.Count(request => request.Path == "/x")).Should().Be((2, 12));
    }
}
