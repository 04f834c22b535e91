using System.Net;
using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace Dapr.Workflow.Grpc;

/// <summary>
/// gRPC over one HTTP/2 connection to the sidecar. A second one is opened only when all streams that the sidecar allows are in use.
/// Failures are <see cref="GrpcException"/>s; a lost or refused connection counts as <see cref="GrpcStatusCode.Unavailable"/>.
/// </summary>
internal sealed class GrpcConnection(string endpoint, string apiToken) : IDisposable
{
    private const string UserAgent = "dapr-workflow-dotnet";

    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        // daprd ends a connection that is pinged more often than every eight seconds.
        KeepAlivePingDelay = TimeSpan.FromSeconds(60),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(30),
        InitialHttp2StreamWindowSize = 1 << 20,
    });

    public string Endpoint { get; } = endpoint;

    public GrpcMethod<T> Method<T>(string path, MessageParser<T> parser) where T : class, IMessage<T> => new(new Uri(new Uri(Endpoint), path), parser);

    /// <summary>One request, one answer.</summary>
    public async Task<T> CallAsync<T>(GrpcMethod<T> method, IMessage request, CancellationToken cancellationToken) where T : class, IMessage<T>
    {
        try
        {
            using var message = Request(method.Address, request);
            using var response = await http.SendAsync(message, cancellationToken);
            GrpcStatus.ThrowIfRefused(response, method.Name);
            using var reader = new GrpcMessageReader(await response.Content.ReadAsStreamAsync(cancellationToken));
            var answer = await reader.ReadAsync(method.Parser, cancellationToken);
            // Reading on to the end brings the trailers.
            if (answer is not null && await reader.ReadAsync(method.Parser, cancellationToken) is not null)
                throw new GrpcException(GrpcStatusCode.Internal, $"{method.Name} was answered by more than one message.");
            GrpcStatus.ThrowUnlessOk(response, method.Name);
            return answer ?? throw new GrpcException(GrpcStatusCode.Internal, $"{method.Name} was answered without a message.");
        }
        catch (Exception failure) when (IsTransport(failure, cancellationToken))
        {
            throw Unavailable(method.Name, failure);
        }
    }

    /// <summary>One request, answers until the sidecar ends the stream with OK. It may send the headers with the first answer only.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(GrpcMethod<T> method, IMessage request, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        using var message = Request(method.Address, request);
        using var response = await Guard(http.SendAsync(message, cancellationToken));
        GrpcStatus.ThrowIfRefused(response, method.Name);
        using var reader = new GrpcMessageReader(await Guard(response.Content.ReadAsStreamAsync(cancellationToken)));
        while (await Guard(reader.ReadAsync(method.Parser, cancellationToken).AsTask()) is { } answer)
            yield return answer;
        GrpcStatus.ThrowUnlessOk(response, method.Name);

        async Task<TResult> Guard<TResult>(Task<TResult> step)
        {
            try
            {
                return await step;
            }
            catch (Exception failure) when (IsTransport(failure, cancellationToken))
            {
                throw Unavailable(method.Name, failure);
            }
        }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(Uri address, IMessage body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new GrpcMessageContent(body),
        };
        request.Headers.TryAddWithoutValidation("te", "trailers");
        request.Headers.TryAddWithoutValidation("user-agent", UserAgent);
        if (!string.IsNullOrWhiteSpace(apiToken))
            request.Headers.TryAddWithoutValidation("dapr-api-token", apiToken);
        return request;
    }

    // A connect timeout is reported as a cancellation that nobody asked for.
    private static bool IsTransport(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private GrpcException Unavailable(string method, Exception cause) =>
        new(GrpcStatusCode.Unavailable, $"{method} failed: no answer from the sidecar at {Endpoint} ({cause.Message})", cause);
}
