using System.Diagnostics;

namespace Resort.Tests.Deploy;

/// <summary>A program that is run to its end.</summary>
internal static class Command
{
    private static readonly TimeSpan limit = TimeSpan.FromMinutes(2);

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, string program, string[] arguments, IReadOnlyDictionary<string, string>? env = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in env ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(limit);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(deadline.Token), process.StandardError.ReadToEndAsync(deadline.Token));
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>The output of a program that must succeed.</summary>
    public static async Task<string> OutputAsync(string folder, string program, params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(folder, program, arguments);
        code.Should().Be(0, $"{program} {string.Join(' ', arguments)} says: {errors}{output}");
        return output;
    }
}
