using System.Net;
using System.Net.Sockets;
using System.Text;
using Resort.Tests.Conformance.Comparison;

namespace Resort.Tests.Conformance.Wire;

/// <summary>Calls a port of this machine and adds nothing to what it is told; every call has a connection of its own.</summary>
internal static class WireClient
{
    private const string Reset = "ECONNRESET";

    private static readonly HttpClient client = new(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.Zero,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    public static async Task<WireAnswer> SendAsync(WireCall call)
    {
        var began = Moment.Now;
        using var limit = new CancellationTokenSource(call.HangUpAfter ?? call.Timeout);
        using var request = Request(call);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return await ReadAsync(answer, began, limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return new WireAnswer { Error = Word(call, e), Began = began, Ended = Moment.Now };
        }
    }

    private static async Task<WireAnswer> ReadAsync(HttpResponseMessage answer, Moment began, CancellationToken cancel)
    {
        var headers = RecordedHeaders.Joined(answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated).SelectMany(header => header.Value, (header, value) => KeyValuePair.Create(header.Key, value)));
        using var body = new MemoryStream();
        var piece = new byte[1 << 16];
        Moment? first = null;
        string? broken = null;
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
            for (int read; (read = await stream.ReadAsync(piece, cancel)) > 0; await body.WriteAsync(piece.AsMemory(0, read), cancel)) first ??= Moment.Now;
        }
        catch (IOException)
        {
            broken = Reset;
        }
        return new WireAnswer { Status = (int)answer.StatusCode, Headers = headers, Body = body.ToArray(), FirstByte = first, Broken = broken, Began = began, Ended = Moment.Now };
    }

    private static HttpRequestMessage Request(WireCall call)
    {
        var address = new Uri($"http://127.0.0.1:{call.Port}{call.Path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(call.Method), address) { Content = call.Body, Version = call.Version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        foreach (var (name, value) in call.Headers)
            if (!request.Headers.TryAddWithoutValidation(name, value)) (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static string Word(WireCall call, Exception error) => error switch
    {
        OperationCanceledException => call.HangUpAfter is null ? "timeout" : "hung up",
        _ when Causes(error).OfType<BrokenOffException>().Any() => "broken off",
        _ when Causes(error).OfType<SocketException>().Any(socket => socket.SocketErrorCode == SocketError.ConnectionRefused) => "ECONNREFUSED",
        _ => Reset,
    };

    private static IEnumerable<Exception> Causes(Exception? error)
    {
        for (; error is not null; error = error.InnerException) yield return error;
    }
}
