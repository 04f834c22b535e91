using System.Collections.Concurrent;
using System.Diagnostics;
using Resort.Sidecar.Hosting.Run;

namespace Resort.Tests.Sidecar.Hosting;

public sealed class ProcessGroupTests
{
    private static readonly Dictionary<string, string> environment = new() { ["PATH"] = Environment.GetEnvironmentVariable("PATH")!, ["WORD"] = "grün" };
    private readonly ConcurrentQueue<string> lines = new();

    [Fact]
    public async Task A_command_runs_in_its_folder_with_its_environment_and_arguments()
    {
        using var process = Start("printf '%s|' \"$WORD\" \"$@\"; pwd; echo error >&2", "a b", "$HOME", "");

        (await process.Exited.WaitAsync(Probe.Patience)).IsSuccess.Should().BeTrue();
        process.Dispose();
        await process.OutputEnded.WaitAsync(Probe.Patience);

        lines.Should().Equal($"grün|a b|$HOME||{Path.GetTempPath().TrimEnd('/')}", "error");
    }

    [Theory]
    [InlineData("exit 3", "exit status 3")]
    [InlineData("kill -s KILL $$", "signal: killed")]
    [InlineData("kill -s PIPE $$", "signal: 13")]
    public async Task It_says_how_the_command_ended(string script, string status)
    {
        using var process = Start(script);

        (await process.Exited.WaitAsync(Probe.Patience)).ToString().Should().Be(status);
    }

    [Fact]
    public async Task A_signal_reaches_all_that_the_command_has_started()
    {
        using var process = Start("sleep 600 & echo $!; trap 'exit 7' TERM; wait");
        var child = int.Parse(await LineAsync());

        process.Signal(Posix.SigTerm);

        (await process.Exited.WaitAsync(Probe.Patience)).ToString().Should().Be("exit status 7");
        await EndsAsync(child);
    }

    [Fact]
    public async Task What_a_crashed_command_leaves_behind_ends_too()
    {
        using var process = Start("trap '' TERM; sleep 600 & echo $!; exit 1");
        var child = int.Parse(await LineAsync());
        await process.Exited.WaitAsync(Probe.Patience);

        process.Dispose();

        await EndsAsync(child);
    }

    [Fact]
    public async Task A_command_does_not_hold_the_pipes_of_another()
    {
        using var first = Start("read -r line; echo first ended");
        using var second = Start("sleep 600 & echo $!; wait");
        await LineAsync();

        first.Dispose();

        await first.Exited.WaitAsync(Probe.Patience);
        second.Exited.IsCompleted.Should().BeFalse();
    }

    private ProcessGroup Start(string script, params string[] arguments) =>
        ProcessGroup.Start(["/bin/sh", "-c", script, "sh", .. arguments], Path.GetTempPath(), environment, lines.Enqueue);

    private Task<string> LineAsync() => Probe.UntilAsync("a line", () => lines.LastOrDefault() ?? "", line => line.Length > 0);

    private static Task EndsAsync(int id) => Probe.UntilAsync($"process {id} to end", () => !IsAlive(id));

    private static bool IsAlive(int id)
    {
        try { return !Process.GetProcessById(id).HasExited; }
        catch (ArgumentException) { return false; }
    }
}
