using System.Net;
using Resort.Tests.Harness;

namespace Resort.Tests.EndToEnd;

/// <summary>What a Service is in a cluster: hands out the gateways that say they are ready; without readiness, for comparison, all of them in turn.</summary>
internal sealed class GatewayService : IAsyncDisposable
{
    private static readonly TimeSpan interval = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource stopping = new();
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(1) };
    private readonly Uri[] gateways;
    private readonly Customer[] customers;
    private readonly Task probing;
    private volatile int[] ready;
    private int turn;

    public GatewayService(ResortSystem system, bool asksForReadiness)
    {
        gateways = [.. system.Apps.Where(app => app.Key.StartsWith("gateway", StringComparison.Ordinal)).Select(app => new Uri($"http://127.0.0.1:{app.Value.App}/"))];
        customers = [.. gateways.Select(gateway => new Customer(gateway))];
        ready = [.. Enumerable.Range(0, gateways.Length)];
        probing = asksForReadiness ? Task.Run(ProbeAsync) : Task.CompletedTask;
    }

    /// <summary>Who talks to the gateway whose turn it is.</summary>
    public Customer Next()
    {
        var now = ready;
        return customers[now[(int)((uint)Interlocked.Increment(ref turn) % (uint)now.Length)]];
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await probing;
        foreach (var customer in customers) customer.Dispose();
        http.Dispose();
        stopping.Dispose();
    }

    private async Task ProbeAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            var answers = await Task.WhenAll(gateways.Select(IsReadyAsync));
            int[] found = [.. answers.Index().Where(it => it.Item).Select(it => it.Index)];
            if (found.Length > 0) ready = found; // with none at all any of the last ones may answer
            await Task.Delay(interval, CancellationToken.None);
        }
    }

    private async Task<bool> IsReadyAsync(Uri gateway)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(gateway, "health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
