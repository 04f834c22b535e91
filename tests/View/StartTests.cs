using System.Diagnostics;
using Resort.Tests.Harness;

namespace Resort.Tests.View;

/// <summary>View as a process, with a connection string that cannot work.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("Server=localhost", "It has neither `Data Source=` as for SQLite nor `Host=` as for PostgreSQL.")]
    [InlineData("nonsense", "*")]
    [InlineData("Host=localhost;Hots=1", "*hots*")]
    [InlineData("Host=127.0.0.1;Port=1;Username=resort;Database=resort", "*127.0.0.1:1*")]
    [InlineData("Data Source=/no/such/folder/view.db", "*unable to open database file*")]
    public async Task What_cannot_work_ends_the_start_with_one_message(string connectionString, string reason)
    {
        var folder = Directory.CreateTempSubdirectory("view-");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Resort.View.dll")]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.FullName };
        (start.Environment["ConnectionStrings__View"], start.Environment["APP_PORT"]) = (connectionString, $"{FreePort.Next()}");
        using var view = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var (output, errors) = (view.StandardOutput.ReadToEndAsync(deadline.Token), view.StandardError.ReadToEndAsync(deadline.Token));
        await view.WaitForExitAsync(deadline.Token);

        view.ExitCode.Should().Be(1);
        (await errors).Should().BeEmpty();
        (await output).Trim().Split('\n').Should().ContainSingle().Which.Should().Match($"*The database that the connection string `View` (ConnectionStrings__View) names cannot be used. {reason}");
        folder.Delete(recursive: true);
    }
}
