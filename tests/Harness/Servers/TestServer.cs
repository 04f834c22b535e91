using System.Diagnostics;
using System.Text;

namespace Resort.Tests.Harness.Servers;

/// <summary>
/// A server that a test runs: on a port of its own, with a data folder of its own that is deleted in the end. It can be stopped or killed, and
/// started again on its port and data.
/// </summary>
public abstract class TestServer(string program) : IAsyncDisposable
{
    private const string User = "nobody";
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);
    private readonly StringBuilder log = new();
    private Process? process;
    private bool isPrepared;

    public int Port { get; } = FreePort.Next();

    protected string Folder { get; } = Directory.CreateTempSubdirectory("resort-server-").FullName;

    protected abstract IEnumerable<string> Arguments { get; }

    protected virtual IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>();

    /// <summary>It does not run as root; then it runs as a user without rights.</summary>
    protected virtual bool RefusesRoot => false;

    /// <summary>What an operator sends it.</summary>
    protected virtual string StopSignal => "TERM";

    /// <summary>What is to be done once, before the first start.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>What is to be done in the end, when it has ended.</summary>
    protected virtual Task CleanUpAsync() => Task.CompletedTask;

    /// <summary>Whether it serves its clients; an <see cref="IOException"/> says that it does not, too.</summary>
    protected abstract Task<bool> IsReadyAsync();

    /// <summary>Starts it (again) and waits until it serves.</summary>
    public async Task StartAsync()
    {
        if (!isPrepared)
        {
            if (MustChangeUser) await RunToEndAsync("chown", [User, Folder]);
            await PrepareAsync();
            isPrepared = true;
        }
        process = Launch(program, Arguments);
        await Probe.UntilAsync($"{program} serves port {Port}", async () =>
        {
            if (process.HasExited) throw new InvalidOperationException($"{program} has ended with code {process.ExitCode}:\n{Log}");
            return await IsReadyAsync();
        }, ready => ready, patience);
    }

    /// <summary>Ends it as an operator does.</summary>
    public async Task StopAsync()
    {
        await ResortSystem.SignalAsync(StopSignal, process!.Id);
        await UntilEndedAsync(process);
    }

    /// <summary>kill -9 of it and of all its processes.</summary>
    public async Task KillAsync()
    {
        process!.Kill(entireProcessTree: true);
        await UntilEndedAsync(process);
    }

    /// <summary>Lets it hang: connections stay open and nobody answers, until the result is disposed of.</summary>
    public async Task<IAsyncDisposable> FreezeAsync()
    {
        await ResortSystem.SignalAsync("STOP", process!.Id);
        return new Thaw(process.Id);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false }) await KillAsync();
        if (process is not null) await CleanUpAsync();
        process?.Dispose();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a tool to its end, as the user as whom the server runs.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    protected async Task RunToolAsync(string tool, params string[] arguments)
    {
        using var run = Launch(tool, arguments);
        await UntilEndedAsync(run);
        if (run.ExitCode != 0) throw new InvalidOperationException($"{tool} has ended with code {run.ExitCode}:\n{Log}");
    }

    private bool MustChangeUser => RefusesRoot && Environment.IsPrivilegedProcess;

    private string Log { get { lock (log) return log.ToString(); } }

    private Process Launch(string name, IEnumerable<string> arguments)
    {
        var path = ServerProgram.Find(name) ?? throw new FileNotFoundException($"{name} is not installed");
        var start = MustChangeUser
            ? new ProcessStartInfo("setpriv", [$"--reuid={User}", "--regid=nogroup", "--clear-groups", path, .. arguments])
            : new ProcessStartInfo(path, arguments);
        start.WorkingDirectory = Folder;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["HOME"] = Folder;
        foreach (var (variable, value) in Variables) start.Environment[variable] = value;
        var launched = Process.Start(start)!;
        launched.OutputDataReceived += Keep;
        launched.ErrorDataReceived += Keep;
        launched.BeginOutputReadLine();
        launched.BeginErrorReadLine();
        return launched;
    }

    private static async Task RunToEndAsync(string command, string[] arguments)
    {
        using var run = Process.Start(command, arguments);
        await UntilEndedAsync(run);
    }

    private static async Task UntilEndedAsync(Process process)
    {
        using var deadline = new CancellationTokenSource(patience);
        await process.WaitForExitAsync(deadline.Token);
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (log) log.AppendLine(line.Data);
    }

    private sealed class Thaw(int processId) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await ResortSystem.SignalAsync("CONT", processId);
    }
}
