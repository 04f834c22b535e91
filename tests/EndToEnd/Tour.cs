using System.Diagnostics;
using Resort.Tests.Harness;

namespace Resort.Tests.EndToEnd;

/// <summary><c>make demo</c> as a process.</summary>
internal static class Tour
{
    /// <summary>Runs the tour with these variables, which name a component set, and fails unless all was as expected.</summary>
    public static async Task RunAsync(IReadOnlyDictionary<string, string>? environment = null)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("dotnet", [Repository.PathOf($"tests/Demo/bin/{configuration}/net10.0/Resort.Tests.Demo.dll")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var tour = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        var (output, errors) = (tour.StandardOutput.ReadToEndAsync(deadline.Token), tour.StandardError.ReadToEndAsync(deadline.Token));
        await tour.WaitForExitAsync(deadline.Token);
        var report = await output;
        tour.ExitCode.Should().Be(0, "{0}{1}", report, await errors);
        report.Should().Contain("everything as expected");
    }
}
