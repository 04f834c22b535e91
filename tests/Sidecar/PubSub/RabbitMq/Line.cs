using System.Net;
using System.Net.Sockets;

namespace Resort.Tests.Sidecar.PubSub.RabbitMq;

/// <summary>What lies between a component and its server, and can be cut.</summary>
internal sealed class Line : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> ends = [];
    private readonly int server;

    public Line(int server)
    {
        this.server = server;
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>All connections break; new ones can be made.</summary>
    public void Cut()
    {
        lock (ends)
        {
            foreach (var end in ends) end.Close();
            ends.Clear();
        }
    }

    public void Dispose()
    {
        listener.Dispose();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var (near, far) = (await listener.AcceptTcpClientAsync(), new TcpClient());
                await far.ConnectAsync(IPAddress.Loopback, server);
                lock (ends) ends.AddRange([near, far]);
                _ = CopyAsync(near, far);
                _ = CopyAsync(far, near);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException) { }
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try { await from.GetStream().CopyToAsync(to.GetStream()); }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException) { }
    }
}
