using System.Collections.Concurrent;
using System.Net;
using Resort.Tests.Harness;

namespace Resort.Tests.EndToEnd.Kills;

/// <summary>Customers who book by card or transfer, sometimes come and sometimes cancel, and who take every failure as it comes.</summary>
internal sealed class ChaosLoad(Uri gateway, int seed)
{
    private static readonly string[] tokens = ["tok_ok", "tok_ok", "tok_ok", "tok_ok", "tok_declined"];
    private int answered;
    private int cancelled;

    /// <summary>How many requests have got an answer of any kind.</summary>
    public int Answered => answered;
    public int Cancelled => cancelled;

    /// <summary>The reservations that were answered with 201.</summary>
    public ConcurrentBag<string> Confirmed { get; } = [];

    /// <summary>The reservations whose guest was let in.</summary>
    public ConcurrentBag<string> CheckedIn { get; } = [];

    /// <summary>The reservations whose transfer was taken.</summary>
    public ConcurrentBag<string> Deposited { get; } = [];

    public async Task RunAsync(int client, CancellationToken stop)
    {
        using var customer = new Customer(gateway);
        var random = new Random(seed + client + 1);
        while (!stop.IsCancellationRequested)
        {
            if (random.Next(6) == 0)
            {
                await TransferAsync(customer, random);
                continue;
            }
            var order = Customer.Order("jeju-ocean", SystemFixture.InDays(40 + random.Next(12)), nights: random.Next(1, 4), rooms: random.Next(1, 3), cardToken: tokens[random.Next(tokens.Length)]);
            if (await TryAsync(customer, () => customer.BookAsync(order)) is not { Status: HttpStatusCode.Created } booked) continue;
            var id = booked["reservationid"]!;
            Confirmed.Add(id);
            if (random.Next(6) == 0) await CheckInAsync(customer, id);
            if (random.Next(3) == 0 && await TryAsync(customer, () => customer.CancelAsync(id)) is { Status: HttpStatusCode.Accepted }) Interlocked.Increment(ref cancelled);
        }
    }

    private async Task TransferAsync(Customer customer, Random random)
    {
        var order = Customer.TransferOrder("jeju-ocean", SystemFixture.InDays(40 + random.Next(12)));
        if (await TryAsync(customer, () => customer.BookAsync(order)) is not { Status: HttpStatusCode.Accepted } booked || random.Next(4) == 0) return;
        if (await TryAsync(customer, () => customer.DepositAsync(booked["reservationid"]!)) is { Status: HttpStatusCode.Accepted }) Deposited.Add(booked["reservationid"]!);
    }

    private async Task CheckInAsync(Customer customer, string id)
    {
        if (await TryAsync(customer, () => customer.GetAsync($"views/{id}")) is not { Status: HttpStatusCode.OK } seen || seen["issuedid"] is not { } ticket) return;
        if (await TryAsync(customer, () => customer.SendAsync(HttpMethod.Post, $"issueds/{ticket}/check-in")) is { Status: HttpStatusCode.OK }) CheckedIn.Add(id);
    }

    private async Task<Answer?> TryAsync(Customer customer, Func<Task<Answer>> call)
    {
        try
        {
            var answer = await call();
            Interlocked.Increment(ref answered);
            return answer;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await Probe.UntilAsync("the gateway is back", () => customer.GetAsync("health/live"), back => back.Status == HttpStatusCode.OK, TimeSpan.FromSeconds(60));
            return null;
        }
    }
}
