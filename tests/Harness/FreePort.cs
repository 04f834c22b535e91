using System.Net;
using System.Net.Sockets;

namespace Resort.Tests.Harness;

/// <summary>Ports below the range of outgoing connections, which could take one between its choice and its use.</summary>
public static class FreePort
{
    private static int chosen = Environment.ProcessId * 6857;

    public static int Next() => Next(first: 12_000, count: 20_000);

    /// <summary>For a server beside sidecars of the same process, which choose from the other range by themselves.</summary>
    internal static int NextForServer() => Next(first: 10_000, count: 2_000);

    private static int Next(int first, int count)
    {
        while (true)
        {
            var port = first + (int)((uint)Interlocked.Increment(ref chosen) % count);
            using var listener = new TcpListener(IPAddress.Any, port);
            try { listener.Start(); }
            catch (SocketException) { continue; }
            return port;
        }
    }
}
