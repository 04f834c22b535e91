using System.Net;
using System.Net.Sockets;

namespace Resort.Tests.Harness;

/// <summary>Ports below the range of outgoing connections, which could take one between its choice and its use.</summary>
public static class FreePort
{
    private static int chosen = Environment.ProcessId * 89;

    public static int Next()
    {
        while (true)
        {
            var port = 12_000 + (int)((uint)Interlocked.Increment(ref chosen) % 20_000);
            using var listener = new TcpListener(IPAddress.Any, port);
            try { listener.Start(); }
            catch (SocketException) { continue; }
            return port;
        }
    }
}
