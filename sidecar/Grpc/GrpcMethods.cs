using Google.Protobuf;

namespace Resort.Sidecar.Grpc;

/// <summary>Which handler answers which method path (<c>/package.Service/Method</c>).</summary>
internal sealed class GrpcMethods
{
    private readonly Dictionary<string, Func<GrpcCall, Task>> handlers = new(StringComparer.Ordinal);

    /// <summary>Adds a method with one request and one response. The token says that the caller has gone or that the sidecar stops.</summary>
    public void Unary<TRequest>(string path, MessageParser<TRequest> parser, Func<TRequest, CancellationToken, Task<IMessage>> handle) where TRequest : IMessage<TRequest> =>
        handlers.Add(path, async call =>
        {
            var request = await call.ReadAsync(parser);
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, call.Stopping);
            call.Write(await handle(request, cancel.Token));
        });

    /// <summary>Adds a method with one request and a stream of responses, which lasts until the handler returns.</summary>
    public void ServerStream<TRequest>(string path, MessageParser<TRequest> parser, Func<TRequest, GrpcCall, Task> handle) where TRequest : IMessage<TRequest> =>
        handlers.Add(path, async call => await handle(await call.ReadAsync(parser), call));

    /// <summary>The handler of a path, or null.</summary>
    public Func<GrpcCall, Task>? Find(string path) => handlers.GetValueOrDefault(path);
}
