using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Resort.Tests.Sidecar.Invocation;

/// <summary>How an app's answer reaches the caller.</summary>
public sealed class AnswerTests
{
    [Theory]
    [InlineData(201)]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(503)]
    [InlineData(799)]
    public async Task Status_and_body_come_back_as_they_are(int status)
    {
        await using var sidecars = await TwoSidecars.StartAsync(app => app.On("/x", status, new { status }));

        var answer = await sidecars.InvokeAsync("x");

        answer.Content.Headers.ContentLength.HasValue.Should().Be(status > 399, "a failure is read before it is passed on");
        ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()).Should().Be((status, $"{{\"status\":{status}}}"));
    }

    [Theory]
    [InlineData(200, 0L, null)]
    [InlineData(204, null, null)]
    [InlineData(304, null, null)]
    [InlineData(404, 0L, "application/json")]
    public async Task Empty_answers_stay_empty(int status, long? length, string? type)
    {
        await using var sidecars = await TwoSidecars.StartAsync(app => app.On("/x", status));

        var answer = await sidecars.InvokeAsync("x");

        ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString()).Should().Be((status, type));
        if (length is not null) answer.Content.Headers.ContentLength.Should().Be(length);
    }

    [Theory]
    [InlineData(200, "hello", "text/plain; charset=utf-8")]
    [InlineData(200, "{\"a\":1}", "text/plain; charset=utf-8")]
    [InlineData(200, "\n <!DOCTYPE html><p>", "text/html; charset=utf-8")]
    [InlineData(200, "<?xml version=\"1.0\"?>", "text/xml; charset=utf-8")]
    [InlineData(200, "%PDF-1.4", "application/pdf")]
    [InlineData(200, "\0\u0001", "application/octet-stream")]
    [InlineData(500, "hello", "application/json")]
    public async Task A_missing_content_type_is_guessed_of_a_success_and_JSON_of_a_failure(int status, string body, string type)
    {
        await using var sidecars = await TwoSidecars.StartAsync(app => app.On("/x", status, body));

        var answer = await sidecars.InvokeAsync("x");

        answer.Content.Headers.ContentType!.ToString().Should().Be(type);
    }

    [Fact]
    public async Task A_success_is_passed_on_piece_by_piece()
    {
        var goOn = new TaskCompletionSource();
        await using var sidecars = await TwoSidecars.StartAsync(app => app.Handle("/x", async (http, _) =>
        {
            await http.Response.WriteAsync("one");
            await goOn.Task.WaitAsync(Probe.Patience);
            await http.Response.WriteAsync("two");
        }));

        var answer = await sidecars.InvokeAsync("x");
        using var content = await answer.Content.ReadAsStreamAsync();
        var first = await ReadAsync(content);
        goOn.SetResult();

        (first, await ReadAsync(content)).Should().Be(("one", "two"));
    }

    [Fact]
    public async Task Who_asks_for_events_is_connected_before_the_first_of_them()
    {
        var goOn = new TaskCompletionSource();
        await using var sidecars = await TwoSidecars.StartAsync(app => app.Handle("/x", async (http, _) =>
        {
            http.Response.StatusCode = 202;
            await http.Response.Body.FlushAsync();
            await goOn.Task.WaitAsync(Probe.Patience);
            await http.Response.WriteAsync("data: a\n\n");
        }));

        var answer = await sidecars.SendAsync("GET", "/v1.0/invoke/callee/method/x", request => request.Headers.Add("accept", "text/event-stream"));
        goOn.SetResult();

        ((int)answer.StatusCode, answer.Content.Headers.ContentType!.ToString(), answer.Headers.CacheControl!.NoCache).Should().Be((200, "text/event-stream", true));
        (await answer.Content.ReadAsStringAsync()).Should().Be("data: a\n\n");
    }

    [Fact]
    public async Task An_answer_that_breaks_off_breaks_off_for_the_caller_too()
    {
        await using var sidecar = await SidecarFixture.OneAsync();
        await using var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\none");

        var read = () => sidecar.Http.GetStringAsync($"/v1.0/invoke/{server.Address}/method/x");

        await read.Should().ThrowAsync<HttpRequestException>();
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")]
    [InlineData("HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\none")]
    public async Task An_answer_that_breaks_off_before_anything_was_passed_on_is_an_error(string torn)
    {
        await using var sidecar = await SidecarFixture.OneAsync();
        await using var server = new RawServer(torn);

        var answer = await sidecar.Http.GetAsync($"/v1.0/invoke/{server.Address}/method/x");

        (await TwoSidecars.ErrorAsync(answer)).Should().EndWith("err: the app broke off its answer");
    }

    [Theory]
    [InlineData("HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200)]
    [InlineData("HTTP/1.1 999 Odd\r\nContent-Length: 2\r\n\r\nok", 999)]
    [InlineData("this is no HTTP\r\n\r\n", 500)]
    public async Task Strange_answers_have_a_status_too(string raw, int status)
    {
        await using var sidecar = await SidecarFixture.OneAsync();
        await using var server = new RawServer(raw);

        var answer = await sidecar.Http.GetAsync($"/v1.0/invoke/{server.Address}/method/x");

        ((int)answer.StatusCode).Should().Be(status);
    }

    [Theory]
    [InlineData(null, "zipped", null)]
    [InlineData("gzip", "packed", "gzip")]
    public async Task A_packed_answer_is_unpacked_for_a_caller_that_did_not_ask_for_it(string? accept, string expected, string? coding)
    {
        await using var sidecars = await TwoSidecars.StartAsync(app => app.Handle("/x", async (http, _) =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await using var packed = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            await packed.WriteAsync("zipped"u8.ToArray());
        }));

        var answer = await sidecars.SendAsync("GET", "/v1.0/invoke/callee/method/x", request =>
        {
            if (accept is not null) request.Headers.Add("accept-encoding", accept);
        });

        answer.Content.Headers.ContentEncoding.SingleOrDefault().Should().Be(coding);
        var body = await answer.Content.ReadAsByteArrayAsync();
        (body[0] == 0x1F ? "packed" : Encoding.UTF8.GetString(body)).Should().Be(expected);
    }

    [Fact]
    public async Task HEAD_is_answered_with_headers_alone()
    {
        await using var sidecars = await TwoSidecars.StartAsync(app => app.Handle("/x", (http, _) =>
        {
            (http.Response.ContentLength, http.Response.ContentType) = (5, "text/plain");
            return Task.CompletedTask;
        }));

        var answer = await sidecars.SendAsync("HEAD", "/v1.0/invoke/callee/method/x");

        ((int)answer.StatusCode, answer.Content.Headers.ContentType!.ToString(), await answer.Content.ReadAsStringAsync()).Should().Be((200, "text/plain", ""));
    }

    [Fact]
    public async Task A_large_answer_has_no_limit()
    {
        var large = new byte[20_000_000];
        Array.Fill(large, (byte)'x');
        await using var sidecars = await TwoSidecars.StartAsync(app => app.Handle("/x", async (http, _) => await http.Response.Body.WriteAsync(large)));

        var answer = await sidecars.InvokeAsync("x");

        (await answer.Content.ReadAsByteArrayAsync()).Should().HaveCount(large.Length).And.OnlyContain(b => b == 'x');
    }

    private static async Task<string> ReadAsync(Stream stream)
    {
        var buffer = new byte[100];
        return Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer));
    }
}
