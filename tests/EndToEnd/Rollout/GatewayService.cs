using System.Net;
using System.Net.Sockets;
using Resort.Tests.Harness;

namespace Resort.Tests.EndToEnd.Rollout;

/// <summary>
/// What a Service is in a cluster: one address, whose connections go to the gateways that say they are ready; without readiness, for comparison, to all
/// of them in turn.
/// </summary>
internal sealed class GatewayService : IAsyncDisposable
{
    private static readonly TimeSpan interval = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource stopping = new();
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(1) };
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int[] gateways;
    private readonly Task probing;
    private readonly Task accepting;
    private volatile int[] ready;
    private int connections;

    public GatewayService(ResortSystem system, bool asksForReadiness)
    {
        ready = gateways = [.. system.Apps.Where(app => app.Key.StartsWith("gateway", StringComparison.Ordinal)).Select(app => app.Value.App)];
        listener.Start();
        Address = new Uri($"http://{listener.LocalEndpoint}/");
        probing = asksForReadiness ? Task.Run(ProbeAsync) : Task.CompletedTask;
        accepting = Task.Run(AcceptAsync);
    }

    public Uri Address { get; }

    /// <summary>How many there were so far.</summary>
    public int Connections => connections;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(probing, accepting);
        listener.Dispose();
        http.Dispose();
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ForwardAsync(await listener.AcceptTcpClientAsync(stopping.Token));
        }
        catch (OperationCanceledException) { }
    }

    /// <summary>Whose gateway cannot be reached, or hangs up, is hung up on.</summary>
    private async Task ForwardAsync(TcpClient client)
    {
        var now = ready;
        using (client)
        using (var gateway = new TcpClient())
            try
            {
                await gateway.ConnectAsync(IPAddress.Loopback, now[Interlocked.Increment(ref connections) % now.Length]);
                await Task.WhenAny(CopyAsync(client, gateway), CopyAsync(gateway, client));
            }
            catch (SocketException) { }
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try { await from.GetStream().CopyToAsync(to.GetStream()); }
        catch (Exception e) when (e is IOException or ObjectDisposedException) { }
    }

    private async Task ProbeAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            var answers = await Task.WhenAll(gateways.Select(IsReadyAsync));
            int[] found = [.. gateways.Zip(answers).Where(it => it.Second).Select(it => it.First)];
            if (found.Length > 0) ready = found; // with none at all any of the last ones may answer
            await Task.Delay(interval, CancellationToken.None);
        }
    }

    private async Task<bool> IsReadyAsync(int gateway)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{gateway}/health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
