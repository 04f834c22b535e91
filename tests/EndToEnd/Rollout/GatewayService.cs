using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
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
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(3) }; // as the probes in k8s
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> failures = new();
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
        probing = asksForReadiness ? Task.WhenAll(gateways.Select(gateway => Task.Run(() => ProbeAsync(gateway)))) : Task.CompletedTask;
        accepting = Task.Run(AcceptAsync);
    }

    public Uri Address { get; }

    /// <summary>How many there were so far.</summary>
    public int Connections => connections;

    /// <summary>Requests that were not answered with 2xx, which siege counts without telling which they were.</summary>
    public IReadOnlyCollection<string> Failures => failures;

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

    /// <summary>One request, and its answer. Whose gateway cannot be reached, or hangs up, is hung up on.</summary>
    private async Task ForwardAsync(TcpClient client)
    {
        var now = ready;
        var port = now[Interlocked.Increment(ref connections) % now.Length];
        var (asked, answered) = ("", "");
        using (client)
        using (var gateway = new TcpClient())
            try
            {
                await gateway.ConnectAsync(IPAddress.Loopback, port);
                var request = CopyAsync(client, gateway, line => asked = line);
                await CopyAsync(gateway, client, line => answered = line);
                client.Close();
                await request;
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                answered = e.Message;
            }
        if (!answered.StartsWith("HTTP/1.1 2", StringComparison.Ordinal)) failures.Enqueue($"{asked} at {port}: {answered}");
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to, Action<string> first)
    {
        var buffer = new byte[16_384];
        try
        {
            for (var isFirst = true; await from.GetStream().ReadAsync(buffer) is > 0 and var read; isFirst = false)
            {
                if (isFirst) first(Encoding.UTF8.GetString(buffer, 0, read).Split('\r')[0]);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException) { }
    }

    /// <summary>Each by itself, as a slow answer of one tells nothing of another.</summary>
    private async Task ProbeAsync(int gateway)
    {
        while (!stopping.IsCancellationRequested)
        {
            var isReady = await IsReadyAsync(gateway);
            lock (gateways)
            {
                int[] found = [.. gateways.Where(it => it == gateway ? isReady : ready.Contains(it))];
                if (found.Length > 0) ready = found; // with none at all the last one may answer
            }
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
