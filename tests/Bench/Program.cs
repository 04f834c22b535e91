// Load through the gateway: bookings in a closed loop at 1, 16, 64 and 640 clients (those who are refused wait as they are told), then the books.
//   dotnet run -c Release --project tests/Bench [seconds per level, default 10] [levels, default 1,16,64,640] [app that is left out…]
using System.Globalization;
using Resort.Tests.Bench;
using Resort.Tests.Harness;

if (args is [Yardstick.Echo])
{
    await Yardstick.ServeAsync();
    return 0;
}
var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10;
int[] levels = args.Length > 1 ? [.. args[1].Split(',').Select(level => int.Parse(level, CultureInfo.InvariantCulture))] : [1, 16, 64, 640];
var without = args.Skip(2).ToArray();
await using var system = await ResortSystem.StartAsync(without: without);
Console.WriteLine($"apps: {string.Join(", ", system.Apps.Keys)}{(without.Length > 0 ? $"; left out: {string.Join(", ", without)}" : "")}");
var meter = new ProcessMeter(system.HostId);
using var load = new BookingLoad(system.Gateway, seed: 20261121);
await load.PrepareAsync();
await load.RunAsync(clients: 64, TimeSpan.FromSeconds(40)); // warms up: what is called often is profiled, then compiled again
var exchange = await Yardstick.MeasureAsync();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a plain HTTP exchange between two processes takes {exchange:0.000} ms CPU, both sides together"));
Console.WriteLine("clients  bookings/s   p50 ms   p95 ms   p99 ms   server CPU ms per booking (in plain exchanges)   memory MiB   failed");
var rates = new List<double>();
foreach (var clients in levels)
{
    var before = meter.CpuTime();
    var run = await load.RunAsync(clients, TimeSpan.FromSeconds(seconds));
    rates.Add(run.PerSecond);
    var cpu = (meter.CpuTime() - before).TotalMilliseconds / Math.Max(1, run.Count);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{clients,7}  {run.PerSecond,10:0}   {run.Percentile(0.50),6:0.0}   {run.Percentile(0.95),6:0.0}   {run.Percentile(0.99),6:0.0}   {cpu,25:0.00} {$"({cpu / exchange:0})",20}   {meter.MemoryMiB(),10}   {run.Failed,6}"));
}
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"at {levels[^1]} clients: {100 * rates[^1] / rates.Max():0} % of the best rate"));
foreach (var (status, times) in load.Refused.OrderBy(pair => pair.Key)) Console.WriteLine($"answered {(int)status} {status}: {times}");
var errors = await new Books(system.Gateway, points: system.Apps.ContainsKey("points")).CheckAsync(sample: 300);
foreach (var error in errors) Console.WriteLine($"  {error}");
Console.WriteLine(errors.Count == 0 ? $"the books balance: {load.Booked} bookings" : $"{errors.Count} errors in the books");
return errors.Count == 0 ? 0 : 1;
