using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Dapr.DurableTask.Protobuf;
using Google.Protobuf;

namespace Resort.Tests.Conformance.Workflow.Wire;

/// <summary>One HTTP/2 connection to a sidecar's gRPC port.</summary>
internal sealed class TaskHubConnection(Uri address) : IDisposable
{
    private const int HeaderSize = 5;
    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler { UseProxy = false });

    /// <summary>Calls a unary method; errors of the connection and the deadline are statuses too.</summary>
    public async Task<CallResult> CallAsync(TaskHubMethod method, IMessage request, TimeSpan deadline)
    {
        using var limit = new CancellationTokenSource(deadline);
        try
        {
            using var answer = await SendAsync(method.Path, request, limit.Token);
            await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
            var message = await ReadAsync(body, limit.Token);
            if (message is not null) await ReadAsync(body, limit.Token); // the end, and with it the trailers
            var status = CallStatus.Of(answer);
            return new CallResult(status, status.IsOk ? method.Response.Parser.ParseFrom(message ?? []) : null);
        }
        catch (OperationCanceledException) { return new CallResult(CallStatus.DeadlineExceeded, null); }
        catch (Exception e) when (e is HttpRequestException or IOException) { return new CallResult(CallStatus.Unavailable(e), null); }
    }

    /// <summary>Asks for work items; returns when the sidecar has taken the stream or refused it.</summary>
    public Task<HttpResponseMessage> OpenItemsAsync(CancellationToken cancel) => SendAsync("/TaskHubSidecarService/GetWorkItems", new GetWorkItemsRequest(), cancel);

    /// <summary>The work items of a stream until it ends.</summary>
    public static async IAsyncEnumerable<WorkItem> ReadItemsAsync(HttpResponseMessage answer, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        while (await ReadAsync(body, cancel) is { } message) yield return WorkItem.Parser.ParseFrom(message);
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(string path, IMessage message, CancellationToken cancel)
    {
        var body = new byte[HeaderSize + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(1), body.Length - HeaderSize);
        message.WriteTo(body.AsSpan(HeaderSize));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        return await http.SendAsync(request, cancel);
    }

    /// <summary>The next message, or null at the end.</summary>
    private static async Task<byte[]?> ReadAsync(Stream body, CancellationToken cancel)
    {
        var header = new byte[HeaderSize];
        var read = await body.ReadAtLeastAsync(header, HeaderSize, throwOnEndOfStream: false, cancel);
        if (read == 0) return null;
        if (read < HeaderSize) throw new EndOfStreamException("the answer ended within a message");
        var message = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1))];
        await body.ReadExactlyAsync(message, cancel);
        return message;
    }
}
