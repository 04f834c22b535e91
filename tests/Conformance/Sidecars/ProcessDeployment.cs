using System.Diagnostics;
using Resort.Sidecar.Hosting.Run;

namespace Resort.Tests.Conformance.Sidecars;

/// <summary>The one sidecar of a scenario as a process, started as daprd is: for what only a process has, such as signals and an environment.</summary>
internal sealed class ProcessDeployment(string dataFolder) : IDeployment
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);
    private static readonly string dotnet = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
    private static readonly Dictionary<string, int> signals = new() { ["SIGTERM"] = Posix.SigTerm, ["SIGINT"] = 2, ["SIGKILL"] = Posix.SigKill };
    private readonly LogTail log = new();
    private Process? process;

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
        process = new Process { StartInfo = start };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return Task.CompletedTask;
    }

    public async Task<SidecarEnd?> EndAsync(SidecarPlace sidecar, TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        try { await process!.WaitForExitAsync(limit.Token); }
        catch (OperationCanceledException) { return null; }
        return new SidecarEnd(process.ExitCode, Log);
    }

    public Task SignalAsync(SidecarPlace sidecar, string signal)
    {
        _ = Posix.kill(process!.Id, signals[signal]); // one that has ended gets none
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null) return;
        if (!process.HasExited) process.Kill();
        using var limit = new CancellationTokenSource(patience);
        await process.WaitForExitAsync(limit.Token);
        process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null) log.Add(line.Data);
    }
}
