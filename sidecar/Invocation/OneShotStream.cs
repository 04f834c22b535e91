using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Resort.Sidecar.Invocation;

/// <summary>
/// A connection whose end before any byte of an answer is an error. The HTTP client would take it for an idle connection that was closed, and
/// send a request without a body again, up to three times; but the app may have acted on it.
/// </summary>
internal sealed class OneShotStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    private bool answered;

    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new OneShotStream(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer, cancellationToken);
        if (read == 0 && buffer.Length > 0 && !answered) throw new IOException("EOF");
        answered = true;
        return read;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        answered = false;
        return base.WriteAsync(buffer, cancellationToken);
    }
}
