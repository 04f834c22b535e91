using System.Diagnostics;
using Resort.Sidecar.Hosting.Run;

namespace Resort.Tests.Conformance.Sidecars;

/// <summary>Each sidecar of a scenario as a process, started as daprd is: for what only a process has, such as signals and an environment.</summary>
internal sealed class ProcessDeployment(string dataFolder) : IDeployment
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);
    private static readonly string dotnet = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
    private static readonly Dictionary<string, int> signals = new() { ["SIGTERM"] = Posix.SigTerm, ["SIGINT"] = 2, ["SIGKILL"] = Posix.SigKill };
    private readonly LogTail log = new();
    private readonly Dictionary<SidecarPlace, Process> latest = [];
    private readonly List<Process> started = []; // a sidecar that is started again has had another process

    public string Log => log.ToString();

    public Task StartAsync(SidecarPlace sidecar)
    {
        var start = new ProcessStartInfo(dotnet, [Path.Combine(AppContext.BaseDirectory, "resort-sidecar.dll"), .. sidecar.Flags])
        {
            WorkingDirectory = sidecar.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DATA_DIR"] = dataFolder },
        };
        foreach (var (name, value) in sidecar.Environment) start.Environment[name] = value;
        var process = latest[sidecar] = new Process { StartInfo = start };
        started.Add(process);
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return Task.CompletedTask;
    }

    public async Task<SidecarEnd?> EndAsync(SidecarPlace sidecar, TimeSpan within)
    {
        var process = latest[sidecar];
        using var limit = new CancellationTokenSource(within);
        try { await process.WaitForExitAsync(limit.Token); }
        catch (OperationCanceledException) { return null; }
        return new SidecarEnd(process.ExitCode, Log);
    }

    public Task SignalAsync(SidecarPlace sidecar, string signal)
    {
        _ = Posix.kill(latest[sidecar].Id, signals[signal]); // one that has ended gets none
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in started.Where(process => !process.HasExited)) process.Kill();
        using var limit = new CancellationTokenSource(patience);
        foreach (var process in started)
        {
            await process.WaitForExitAsync(limit.Token);
            process.Dispose();
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null) log.Add(line.Data);
    }
}
