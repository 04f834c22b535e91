using System.Net;
using System.Net.Sockets;

namespace Resort.Sidecar.Hosting;

/// <summary>
/// Ports of this machine. They lie below the range from which systems take the ports of outgoing connections, because one of those could
/// come between the choice of a port and its use; and a process never chooses the same one twice.
/// </summary>
internal static class FreePort
{
    private const int First = 12_000;
    private const int Count = 20_000;
    private static int chosen = Environment.ProcessId * 7919; // processes that start together begin at different places

    /// <summary>A port that nobody listens on at this moment.</summary>
    /// <exception cref="InvalidOperationException">All ports of the range are taken.</exception>
    public static int Next()
    {
        for (var attempt = 0; attempt < Count; attempt++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref chosen) % Count);
            if (IsFree(port)) return port;
        }
        throw new InvalidOperationException($"no port from {First} to {First + Count - 1} is free");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Any, port);
        try { listener.Start(); }
        catch (SocketException) { return false; }
        return true;
    }
}
