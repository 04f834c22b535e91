using System.Collections.Concurrent;
using System.Net;
using Resort.Tests.Harness;

namespace Resort.Tests.EndToEnd;

/// <summary>Customers who book and look at what they have booked, one request after the other, and expect each to be answered as on a quiet day.</summary>
internal sealed class SteadyLoad(GatewayService service)
{
    private int answered;
    private int booked;

    public int Answered => answered;
    public int Booked => booked;

    /// <summary>What was answered otherwise, or not at all.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    public async Task RunAsync(int client, CancellationToken stop)
    {
        for (var round = client; !stop.IsCancellationRequested; round++)
        {
            var order = Customer.Order("jeju-ocean", SystemFixture.InDays(30 + (round * 7 % 150)));
            var booking = await TryAsync("POST reservations", HttpStatusCode.Created, customer => customer.BookAsync(order));
            await TryAsync("GET availability", HttpStatusCode.OK, customer => customer.GetAsync($"resorts/jeju-ocean/availability?date={order["date"]}&nights=1"));
            await TryAsync("GET views", HttpStatusCode.OK, customer => customer.GetAsync("views?size=1"));
            if (booking?["reservationid"] is not { } id) continue;
            Interlocked.Increment(ref booked);
            await TryAsync("GET reservation", HttpStatusCode.OK, customer => customer.GetAsync($"reservations/{id}"));
        }
    }

    private async Task<Answer?> TryAsync(string what, HttpStatusCode expected, Func<Customer, Task<Answer>> call)
    {
        Interlocked.Increment(ref answered);
        try
        {
            var answer = await call(service.Next());
            if (answer.Status == expected) return answer;
            Failures.Enqueue($"{what}: {answer.Status} {answer.Body}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            Failures.Enqueue($"{what}: {e.Message}");
        }
        return null;
    }
}
