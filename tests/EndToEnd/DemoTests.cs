using System.Diagnostics;
using Resort.Tests.Harness;

namespace Resort.Tests.EndToEnd;

/// <summary><c>make demo</c>.</summary>
public class DemoTests
{
    [Fact]
    public async Task The_tour_goes_as_expected()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        using var tour = Process.Start(new ProcessStartInfo("dotnet", [Repository.PathOf($"tests/Demo/bin/{configuration}/net10.0/Resort.Tests.Demo.dll")]) { RedirectStandardOutput = true })!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        var report = await tour.StandardOutput.ReadToEndAsync(deadline.Token);
        await tour.WaitForExitAsync(deadline.Token);
        tour.ExitCode.Should().Be(0, report);
        report.Should().Contain("everything as expected");
    }
}
