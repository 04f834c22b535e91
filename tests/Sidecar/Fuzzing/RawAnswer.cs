using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Resort.Tests.Sidecar.Fuzzing;

/// <summary>What came back for some bytes: the answer, or nothing because the connection was closed.</summary>
internal sealed record RawAnswer(int? Status, string Text, bool IsHead)
{
    /// <summary>Sends bytes over a connection of their own and reads until an answer is complete or the connection ends.</summary>
    /// <exception cref="TimeoutException">Neither happened in time: it hangs.</exception>
    public static async Task<RawAnswer> OfAsync(int port, byte[] request, bool endSending)
    {
        using var deadline = new CancellationTokenSource(Probe.Patience);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) }; // leaves no port waiting
        var received = new List<byte>();
        var isHead = request.AsSpan().StartsWith("HEAD "u8);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, deadline.Token);
            await SendAsync(socket, request, deadline.Token);
            if (endSending) socket.Shutdown(SocketShutdown.Send);
            var buffer = new byte[16384];
            while (!IsComplete(received, isHead) && await socket.ReceiveAsync(buffer, deadline.Token) is var count and > 0) received.AddRange(buffer.AsSpan(0, count));
        }
        catch (SocketException) { /* closed by the other side */ }
        catch (OperationCanceledException) { throw new TimeoutException($"no answer and no end within {Probe.Patience.TotalSeconds} s; so far: {Encoding.Latin1.GetString([.. received])}"); }
        var text = Encoding.Latin1.GetString([.. received]);
        return new RawAnswer(text.Length > 12 && int.TryParse(text.AsSpan(9, 3), out var status) ? status : null, text, isHead);
    }

    private static async Task SendAsync(Socket socket, byte[] request, CancellationToken cancel)
    {
        for (var sent = 0; sent < request.Length;) sent += await socket.SendAsync(request.AsMemory(sent), cancel);
    }

    private static bool IsComplete(List<byte> received, bool headOnly)
    {
        if (received.Count < 16) return false;
        var text = Encoding.Latin1.GetString([.. received]);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0 || text.AsSpan(9, 3) is "100" or "101") return false;
        if (headOnly) return true;
        var head = text[..end].ToLowerInvariant();
        if (head.Contains("transfer-encoding: chunked", StringComparison.Ordinal)) return text.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
        var at = head.IndexOf("content-length: ", StringComparison.Ordinal);
        if (at < 0) return text.AsSpan(9, 3) is "204" or "304";
        var digits = head[(at + 16)..].Split('\r')[0];
        return text.Length - end - 4 >= int.Parse(digits);
    }
}
