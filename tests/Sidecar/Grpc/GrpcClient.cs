using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Resort.Tests.Sidecar.Grpc;

/// <summary>gRPC by hand, so that tests see every header and byte.</summary>
internal sealed class GrpcClient(Uri address) : IDisposable
{
    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler());

    /// <summary>Calls a unary method; the message is empty if the status is not 0.</summary>
    public async Task<(int Status, string Message, byte[] Answer)> CallAsync(string path, IMessage request, string? token = null) => await CallAsync(path, Frame(request), token);

    /// <inheritdoc cref="CallAsync(string, IMessage, string?)"/>
    public async Task<(int Status, string Message, byte[] Answer)> CallAsync(string path, byte[] body, string? token = null)
    {
        using var answer = await SendAsync(path, body, token);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        return (int.Parse(Header(answer, "grpc-status") ?? "-1"), Uri.UnescapeDataString(Header(answer, "grpc-message") ?? ""), bytes.Length > 5 ? bytes[5..] : []);
    }

    /// <summary>Sends a request; returns when the headers of the answer are there.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, byte[] body, string? token = null, string contentType = "application/grpc", string? timeout = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        if (timeout is not null) request.Headers.Add("grpc-timeout", timeout);
        if (token is not null) request.Headers.Add("dapr-api-token", token);
        return await http.SendAsync(request, CancellationToken.None).WaitAsync(Probe.Patience);
    }

    /// <summary>A status is in the trailers, or in the headers if there was nothing before it.</summary>
    public static string? Header(HttpResponseMessage answer, string name) =>
        answer.TrailingHeaders.TryGetValues(name, out var found) || answer.Headers.TryGetValues(name, out found) ? found.Single() : null;

    public static byte[] Frame(IMessage message)
    {
        var frame = new byte[5 + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - 5);
        message.WriteTo(frame.AsSpan(5));
        return frame;
    }

    public void Dispose() => http.Dispose();
}
