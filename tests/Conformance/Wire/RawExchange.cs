using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Recordings;

namespace Resort.Tests.Conformance.Wire;

/// <summary>Bytes that no HTTP client would send, over a connection of their own, and all answers that come back.</summary>
internal static class RawExchange
{
    /// <returns><c>{answers, closed}</c>; closed if the sidecar ended the connection within the time.</returns>
    public static async Task<JsonObject> RunAsync(int port, IEnumerable<PartScript> parts, TimeSpan within, bool hangUp)
    {
        using var limit = new CancellationTokenSource(within);
        using var connection = new TcpClient { NoDelay = true };
        await connection.ConnectAsync(IPAddress.Loopback, port, limit.Token);
        using var received = new MemoryStream();
        var stream = connection.GetStream();
        var reading = ReadAsync(stream, received, limit.Token);
        await SendAsync(stream, parts, reading);
        if (hangUp) connection.Close();
        var isClosed = await reading;
        return new JsonObject { ["answers"] = RawAnswers.Parse(received.ToArray()), ["closed"] = isClosed };
    }

    private static async Task SendAsync(NetworkStream stream, IEnumerable<PartScript> parts, Task<bool> reading)
    {
        try
        {
            foreach (var part in parts)
            {
                if (reading.IsCompleted) return;
                await stream.WriteAsync(part.Bytes());
                if (part.ThenMs > 0) await Task.Delay(part.ThenMs);
            }
        }
        catch (IOException)
        {
            // the other side has closed; what it said before is read
        }
    }

    private static async Task<bool> ReadAsync(NetworkStream stream, MemoryStream received, CancellationToken limit)
    {
        var piece = new byte[1 << 16];
        try
        {
            for (int read; (read = await stream.ReadAsync(piece, limit)) > 0;) received.Write(piece, 0, read);
            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
