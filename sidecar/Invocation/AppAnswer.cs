using System.Buffers;
using System.IO.Compression;
using System.Net.Http.Headers;
using Microsoft.Extensions.Primitives;

namespace Resort.Sidecar.Invocation;

/// <summary>
/// An app's answer on its way to the caller. A success is passed on as it comes; a failure is read first, because it may still be replaced by the
/// answer to a retry.
/// </summary>
internal sealed class AppAnswer(HttpResponseMessage message, HttpContext caller) : IDisposable
{
    private const int BufferSize = 16 << 10;

    /// <summary>Bytes that may wait for more to come before they are sent off.</summary>
    private const int FlushAt = 64 << 10;
    private byte[]? body;

    public int Status => (int)message.StatusCode;

    /// <summary>Whether Dapr's policies count it as a success: redirects are, client errors are not.</summary>
    public bool IsSuccess => Status is >= 200 and <= 399;

    /// <summary>Whether something of it may have reached the caller.</summary>
    public bool HasBegun { get; private set; }

    private bool HasBody => Status is >= 200 and not (204 or 205 or 304) && !HttpMethods.IsHead(caller.Request.Method);

    /// <summary>Whether the caller wants server-sent events: whatever succeeds then is sent as such, event by event.</summary>
    private bool IsEventStream => Status is >= 200 and <= 299 && caller.Request.Headers.Accept.ToString().Trim().Equals("text/event-stream", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the whole body, to be sent later.</summary>
    public async Task ReadAsync(CancellationToken cancel)
    {
        if (!HasBody) return;
        using var whole = new MemoryStream((int)Math.Min(message.Content.Headers.ContentLength ?? 0, 1 << 20));
        await (await OpenAsync(cancel)).CopyToAsync(whole, cancel);
        body = whole.ToArray();
    }

    /// <summary>Sends status, headers and body: what was read, or else piece by piece as it comes from the app.</summary>
    public async Task SendAsync(CancellationToken cancel)
    {
        if (body is null && HasBody)
        {
            await PassOnAsync(await OpenAsync(cancel), cancel);
            return;
        }
        SendHeaders();
        if (body is null) return;
        caller.Response.ContentLength = body.Length;
        await caller.Response.Body.WriteAsync(body, cancel);
    }

    public void Dispose() => message.Dispose();

    private void SendHeaders()
    {
        HasBegun = true;
        var (response, headers) = (caller.Response, caller.Response.Headers);
        response.StatusCode = Status;
        var connection = message.Headers.NonValidated.TryGetValues("Connection", out var nominated) ? nominated.ToString() : null;
        foreach (var (name, values) in message.Headers.NonValidated)
            if (HeaderRules.AnswerName(name) is { } passedOn && !HeaderRules.IsNominated(name, connection)) headers[passedOn] = Values(values);
        foreach (var (name, values) in message.Content.Headers.NonValidated)
            if (HeaderRules.AnswerName(name) is { } passedOn && !(IsUnpacked && name == "Content-Encoding")) headers[passedOn] = Values(values);
        if (!IsSuccess && headers.ContentType.Count == 0) headers.ContentType = "application/json";
        if (!IsEventStream) return;
        response.StatusCode = StatusCodes.Status200OK;
        headers.ContentType = "text/event-stream";
        headers.CacheControl = "no-cache";
        headers.Connection = "keep-alive";
    }

    /// <summary>A listener must know at once that it is connected, however long the first event takes.</summary>
    private Task ConnectAsync(CancellationToken cancel)
    {
        SendHeaders();
        return caller.Response.Body.FlushAsync(cancel);
    }

    private async Task PassOnAsync(Stream content, CancellationToken cancel)
    {
        var response = caller.Response;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            if (IsEventStream) await ConnectAsync(cancel);
            var read = await content.ReadAsync(buffer, cancel);
            if (!HasBegun) SendHeaders();
            if (read > 0 && response.ContentType is null) response.ContentType = ContentSniffer.Guess(buffer.AsSpan(0, read));
            for (var waiting = 0; read > 0;)
            {
                buffer.AsSpan(0, read).CopyTo(response.BodyWriter.GetSpan(read));
                response.BodyWriter.Advance(read);
                waiting += read;
                var next = content.ReadAsync(buffer, cancel);
                if (!next.IsCompleted || waiting >= FlushAt) // nothing more is here yet, so the caller gets what there is
                {
                    await response.BodyWriter.FlushAsync(cancel);
                    waiting = 0;
                }
                read = await next;
            }
        }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
    }

    /// <summary>daprd asks for a packed answer where the caller does not, and unpacks it; an app that packs without being asked is unpacked here too.</summary>
    private bool IsUnpacked => caller.Request.Headers.AcceptEncoding.Count == 0 && message.Content.Headers.ContentEncoding is { Count: 1 } coding && coding.Contains("gzip");

    private async Task<Stream> OpenAsync(CancellationToken cancel)
    {
        var content = await message.Content.ReadAsStreamAsync(cancel);
        return IsUnpacked ? new GZipStream(content, CompressionMode.Decompress) : content;
    }

    private static StringValues Values(HeaderStringValues values) =>
        values.Count == 1 ? values.ToString() : values.ToArray();
}
