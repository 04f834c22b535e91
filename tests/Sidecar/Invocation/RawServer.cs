using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Resort.Tests.Sidecar.Invocation;

/// <summary>A server that answers each connection's first request with the bytes it was given, and closes the connection.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopped = new();
    private readonly Task answering;

    public RawServer(string answer)
    {
        listener.Start();
        Address = $"http://{listener.LocalEndpoint}";
        answering = AnswerAsync(Encoding.UTF8.GetBytes(answer));
    }

    public string Address { get; }

    /// <summary>How many connections there were.</summary>
    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await stopped.CancelAsync();
        await answering;
        listener.Dispose();
        stopped.Dispose();
    }

    private async Task AnswerAsync(byte[] answer)
    {
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptTcpClientAsync(stopped.Token);
                Connections++;
                _ = await connection.GetStream().ReadAsync(new byte[10_000], stopped.Token);
                await connection.GetStream().WriteAsync(answer, stopped.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // stopped
        }
    }
}
