using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Resort.Tests.Harness;

namespace Resort.Tests.Bench;

/// <summary>Clients that each book, wait for the answer, and book again: one room for one night, resort and date drawn from a seed.</summary>
internal sealed class BookingLoad(Uri gateway, int seed) : IDisposable
{
    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 1024, ActivityHeadersPropagator = null });
    private readonly Uri reservations = new(gateway, "reservations");
    private readonly Random random = new(seed);
    private string[] resorts = [];

    /// <summary>How many bookings were answered with 201, all runs together.</summary>
    public int Booked { get; private set; }

    public async Task PrepareAsync()
    {
        using var customer = new Customer(gateway);
        var answer = await customer.GetAsync("resorts");
        resorts = [.. answer.Json.GetProperty("_embedded").GetProperty("resorts").EnumerateArray().Select(resort => resort.GetProperty("id").GetString()!)];
    }

    public async Task<LoadRun> RunAsync(int clients, TimeSpan duration)
    {
        var watch = Stopwatch.StartNew();
        var perClient = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => LoopAsync(watch, duration))));
        var times = perClient.SelectMany(client => client.Times).Order().ToArray();
        Booked += times.Length;
        return new LoadRun(times, watch.Elapsed, perClient.Sum(client => client.Failed));
    }

    /// <summary>Answers other than 201 by status, all runs together.</summary>
    public ConcurrentDictionary<HttpStatusCode, int> Refused { get; } = [];

    public void Dispose() => http.Dispose();

    private async Task<(List<double> Times, int Failed)> LoopAsync(Stopwatch watch, TimeSpan duration)
    {
        List<double> times = [];
        var failed = 0;
        while (watch.Elapsed < duration)
        {
            var began = watch.Elapsed;
            var wait = await BookAsync();
            if (wait is null) times.Add((watch.Elapsed - began).TotalMilliseconds);
            else failed++;
            if (wait > TimeSpan.Zero) await Task.Delay(wait.Value);
        }
        return (times, failed);
    }

    /// <summary>Null after a booking; otherwise the time that the answer asks to wait before another try.</summary>
    private async Task<TimeSpan?> BookAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, reservations) { Content = new ByteArrayContent(NextOrder()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await http.SendAsync(request, CancellationToken.None);
        await response.Content.ReadAsByteArrayAsync();
        if (response.StatusCode == HttpStatusCode.Created) return null;
        Refused.AddOrUpdate(response.StatusCode, 1, (_, times) => times + 1);
        return response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero;
    }

    private byte[] NextOrder()
    {
        string resort;
        int day;
        lock (random) (resort, day) = (resorts[random.Next(resorts.Length)], random.Next(2, 360));
        return Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Customer.Order(resort, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(day))));
    }
}

/// <summary>The answers of one run; times in milliseconds, ascending.</summary>
internal sealed record LoadRun(double[] Times, TimeSpan Elapsed, int Failed)
{
    public int Count => Times.Length;
    public double PerSecond => Count / Elapsed.TotalSeconds;
    public double Percentile(double share) => Count == 0 ? double.NaN : Times[Math.Min(Count - 1, (int)(Count * share))];
}
