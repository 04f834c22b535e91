using System.Net;
using System.Net.Sockets;

namespace Resort.Tests.Harness;

/// <summary>
/// Ports below the range of outgoing connections, which could take one between its choice and its use. Each process has a block of its own for as long
/// as it lives: another one could take what is chosen and not used yet, or what an app has that is being started again.
/// </summary>
public static class FreePort
{
    private const int First = 12_000;
    private const int Blocks = 10;
    private const int BlockSize = 2_000;
    private static readonly Lazy<(int Number, FileStream Lock)> block = new(Claim);
    private static int chosen;

    public static int Next()
    {
        while (true)
        {
            var port = First + (block.Value.Number * BlockSize) + (int)((uint)Interlocked.Increment(ref chosen) % BlockSize);
            using var listener = new TcpListener(IPAddress.Any, port);
            try { listener.Start(); }
            catch (SocketException) { continue; }
            return port;
        }
    }

    /// <summary>The system forgets the lock when the process ends, however it does.</summary>
    private static (int Number, FileStream Lock) Claim()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"resort-ports-{Environment.UserName}")).FullName;
        for (var number = 0; number < Blocks; number++)
            try
            {
                return (number, new FileStream(Path.Combine(folder, $"{number}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) { /* another process has it */ }
        throw new InvalidOperationException($"All {Blocks} blocks of ports are taken: `fuser {folder}/*` tells by whom.");
    }
}
