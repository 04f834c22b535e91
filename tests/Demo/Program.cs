// A tour through the system: what a customer and the staff do, and what the system makes of it. Real processes, ports and data of its own.
//   dotnet run -c Release --project tests/Demo
// Exit code 1 on anything that is not as expected.
using Resort.Tests.Demo;
using Resort.Tests.Harness;

Console.WriteLine("The system starts…");
await using var system = await ResortSystem.StartAsync(new Dictionary<string, string> { ["Saga__DepositDeadline"] = "00:00:03" });
using var customer = new Customer(system.Gateway);
var report = new Report(customer);
var tour = new Tour(system, report);
try
{
    await tour.BookAndCancelAsync();
    await tour.SoldOutAsync();
    await tour.DeclinedAsync();
    await tour.DepositInTimeAsync();
    await tour.DepositTooLateAsync();
    await tour.RefusedCancellationAsync();
    await tour.IssueDownAndBackAsync();
    Console.WriteLine($"\nThe tour is over: {report.Requests} requests, everything as expected.");
    return 0;
}
catch (Exception surprise) when (surprise is SurpriseException or TimeoutException or HttpRequestException)
{
    Console.WriteLine($"\nNot as expected: {surprise.Message}");
    return 1;
}
