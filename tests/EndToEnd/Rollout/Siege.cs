using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.EndToEnd.Rollout;

/// <summary>The load tester <c>siege</c>: customers who make one request of a list after the other, until they are stopped and counted.</summary>
internal sealed class Siege : IDisposable
{
    public const string Program = "siege";

    private static readonly JsonSerializerOptions snakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("siege-");
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    /// <param name="customers">How many there are.</param>
    /// <param name="requests">A line each: an address, and for a POST with JSON that word and the body after it.</param>
    public Siege(int customers, IEnumerable<string> requests)
    {
        var list = Path.Combine(home.FullName, "requests");
        File.WriteAllLines(list, requests);
        process = Process.Start(new ProcessStartInfo(ServerProgram.Find(Program) ?? throw new FileNotFoundException("siege is not installed (Debian: apt-get install siege)"),
        [
            "--rc", Repository.PathOf("tests/EndToEnd/Rollout/siegerc"), "--concurrent", customers.ToString(CultureInfo.InvariantCulture),
            "--file", list, "--content-type", "application/json",
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["HOME"] = home.FullName } })!; // where it writes files of its own
        (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    /// <summary>What it has counted.</summary>
    public async Task<SiegeReport> StopAsync()
    {
        if (process.HasExited) throw new InvalidOperationException($"siege has ended by itself with code {process.ExitCode}: {await errors}{await output}");
        await ResortSystem.SignalAsync("TERM", process.Id);
        var text = await output.WaitAsync(TimeSpan.FromSeconds(30));
        return JsonSerializer.Deserialize<SiegeReport>(text[text.IndexOf('{', StringComparison.Ordinal)..], snakeCase)!;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit(TimeSpan.FromSeconds(10));
        process.Dispose();
        home.Delete(recursive: true);
    }
}

/// <summary>What siege tells at its end.</summary>
/// <param name="Transactions">Requests that were answered, but for those with 5xx; 4xx are among them.</param>
/// <param name="SuccessfulTransactions">Those answered with less than 400.</param>
/// <param name="FailedTransactions">Those that got 5xx, or no answer.</param>
/// <param name="Availability">In percent: transactions of transactions and failed ones.</param>
internal sealed record SiegeReport(int Transactions, int SuccessfulTransactions, int FailedTransactions, double Availability);
