using System.Globalization;
using Resort.Tests.Harness;
using Xunit.Abstractions;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>
/// How many exchanges between processes a booking takes, its ticket and its view included. Each costs CPU, so their number is kept: with many
/// customers at a time, when records and events go together.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class HopsTests(ITestOutputHelper output)
{
    private const int Bookings = 640;
    private const int Customers = 64;
    private const int Allowed = 20;
    private const string ToldTheView = "dapr_component_pubsub_ingress_bulk_event_count{app_id=\"view\",";
    private static readonly string[] exchanges = ["dapr_http_server_request_count", "dapr_http_client_completed_count", "dapr_grpc_io_server_completed_rpcs"];

    [Fact]
    public async Task A_booking_among_many_takes_few_exchanges()
    {
        using var patient = new PatientCalls();
        await using var system = await ResortSystem.StartAsync(shared: patient.Folder, without: ["points", "notification"]); // what guests earn and are told is no part of a booking
        await BookAsync(system, Customers); // the first ones open connections
        var before = await SettledAsync(system, 0);
        await BookAsync(system, Bookings);
        var after = await SettledAsync(system, Told(before) + Bookings);

        var taken = after.Where(sample => IsExchange(sample.Key)).ToDictionary(sample => sample.Key, sample => (sample.Value - before.GetValueOrDefault(sample.Key)) / (double)Bookings);
        foreach (var (name, count) in taken.Where(sample => sample.Value > 0).OrderBy(sample => sample.Key, StringComparer.Ordinal)) output.WriteLine($"{count,6:0.00} {name}");
        (1 + taken.Values.Sum()).Should().BeLessThanOrEqualTo(Allowed); // the customer's own with the gateway passes no sidecar
    }

    private static async Task BookAsync(ResortSystem system, int bookings)
    {
        using var customer = new Customer(system.Gateway);
        await Parallel.ForAsync(0, bookings, new ParallelOptions { MaxDegreeOfParallelism = Customers }, async (i, _) =>
        {
            var booked = await customer.BookAsync(Customer.Order("jeju-ocean", InDays(200 + (i % 40))));
            ((int)booked.Status).Should().Be(201, booked.Body);
        });
    }

    /// <summary>The samples once the view was told of so many confirmations and nothing is under way.</summary>
    private static async Task<Dictionary<string, long>> SettledAsync(ResortSystem system, long confirmations)
    {
        Dictionary<string, long> last = [];
        await Probe.UntilAsync($"{confirmations} confirmations to reach the view, and quiet", async () =>
        {
            var (seen, before) = (await SamplesAsync(system), last);
            last = seen;
            return Total(seen) == Total(before) ? Told(seen) : -1;
        }, told => told >= confirmations);
        return last;
    }

    private static long Total(Dictionary<string, long> samples) => samples.Where(sample => IsExchange(sample.Key)).Sum(sample => sample.Value);

    private static long Told(Dictionary<string, long> samples) =>
        samples.Where(sample => sample.Key.StartsWith(ToldTheView, StringComparison.Ordinal) && sample.Key.Contains("\"reservation-confirmed\"", StringComparison.Ordinal)).Sum(sample => sample.Value);

    private static bool IsExchange(string sample) => exchanges.Contains(sample[..sample.IndexOf('{', StringComparison.Ordinal)]);

    private static async Task<Dictionary<string, long>> SamplesAsync(ResortSystem system)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var samples = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var app in system.Apps.Values)
            foreach (var line in (await http.GetStringAsync(new Uri($"http://127.0.0.1:{app.Metrics}/"))).Split('\n'))
                if (line.Contains('{', StringComparison.Ordinal) && long.TryParse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture, out var value))
                    samples[line[..line.LastIndexOf(' ')]] = value;
        return samples;
    }
}
