using System.Diagnostics;
using System.Globalization;

namespace Resort.Tests.Harness;

/// <summary>How an app fails: its port is closed, or it is open and nobody answers.</summary>
public enum OutageKind { Down, Hangs }

/// <summary>
/// A time in which one app does not serve. Down: it is told to end, as an operator would, and a host leaves alone what ends well; afterwards it is
/// started with the same command and environment. Hangs: its process is stopped and goes on afterwards.
/// </summary>
public sealed class Outage : IAsyncDisposable
{
    private readonly ResortSystem system;
    private readonly string app;
    private readonly Func<Task> end;
    private bool ended;

    private Outage(ResortSystem system, string app, Func<Task> end) => (this.system, this.app, this.end) = (system, app, end);

    public static async Task<Outage> BeginAsync(ResortSystem system, string app, OutageKind kind)
    {
        var id = await system.ProcessIdAsync(app);
        if (kind is OutageKind.Hangs)
        {
            await ResortSystem.SignalAsync("STOP", id);
            return new(system, app, () => ResortSystem.SignalAsync("CONT", id));
        }
        var start = StartOf(id);
        await ResortSystem.SignalAsync("TERM", id);
        await Probe.UntilAsync($"{app} has ended", () => Task.FromResult(ResortSystem.IsRunning(id)), running => !running);
        return new(system, app, () => { system.Adopt(app, start); return Task.CompletedTask; });
    }

    /// <summary>Waits until the app serves again.</summary>
    public async Task EndAsync()
    {
        if (ended) return;
        ended = true;
        await end();
        await system.UntilReadyAsync(app);
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    private static ProcessStartInfo StartOf(int id)
    {
        var process = $"/proc/{id.ToString(CultureInfo.InvariantCulture)}";
        var command = Texts($"{process}/cmdline");
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { WorkingDirectory = Directory.ResolveLinkTarget($"{process}/cwd", returnFinalTarget: true)!.FullName };
        start.Environment.Clear();
        foreach (var pair in Texts($"{process}/environ").Select(text => text.Split('=', 2))) start.Environment[pair[0]] = pair[1];
        return start;
    }

    private static string[] Texts(string file) => File.ReadAllText(file).Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
