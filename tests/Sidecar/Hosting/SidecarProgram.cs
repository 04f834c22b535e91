using System.Diagnostics;

namespace Resort.Tests.Sidecar.Hosting;

/// <summary>The sidecar's executable as a process of its own; all that it writes is kept.</summary>
internal sealed class SidecarProgram : IAsyncDisposable
{
    private readonly Process process;
    private readonly List<string> lines = [];

    private SidecarProgram(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The executable, for use as the command of an app too: it lies beside the tests.</summary>
    public static IReadOnlyList<string> Command { get; } = [Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", Path.Combine(AppContext.BaseDirectory, "resort-sidecar.dll")];

    public int Id => process.Id;

    /// <summary>All lines so far.</summary>
    public string Output
    {
        get { lock (lines) return string.Join('\n', lines); }
    }

    /// <summary>Starts it in a folder, where it also keeps its data.</summary>
    public static SidecarProgram Start(string folder, params string[] arguments) => new(new ProcessStartInfo(Command[0], [.. Command.Skip(1), .. arguments])
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["DATA_DIR"] = Path.Combine(folder, "data") },
    });

    /// <summary>Waits until a text was written.</summary>
    public Task WritesAsync(string text) => Probe.UntilAsync($"the output to have: {text}", () => Output, output => output.Contains(text, StringComparison.Ordinal));

    /// <summary>Sends a signal by its name without SIG.</summary>
    public void Signal(string name) => Process.Start("kill", ["-s", name, "--", $"{process.Id}"]).WaitForExit();

    /// <summary>The exit code, once it has ended.</summary>
    public async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(Probe.Patience);
        try { await process.WaitForExitAsync(limit.Token); }
        catch (OperationCanceledException) { throw new TimeoutException($"the process does not end; it wrote:\n{Output}"); }
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (lines) lines.Add(line.Data);
    }
}
