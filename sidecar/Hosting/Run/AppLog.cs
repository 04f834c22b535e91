using Resort.Sidecar.Hosting.Logs;

namespace Resort.Sidecar.Hosting.Run;

/// <summary>Where the lines of one app, of its sidecar and about both go: the console, files in <c>.dapr/logs</c> of the app's folder, or both.</summary>
internal sealed class AppLog : IDisposable
{
    private readonly RunConsole console;
    private readonly LineFile? appFile;
    private readonly LineFile? sidecarFile;
    private readonly Action<string>? appConsole;
    private readonly Action<string>? sidecarConsole;
    private readonly string prefix;

    /// <summary>Opens new files named by the time of the start; <paramref name="replica"/> tells apps of one id apart.</summary>
    public AppLog(AppTemplate app, RunConsole console, DateTimeOffset start, int replica)
    {
        this.console = console;
        prefix = $"== APP - {app.Id} == ";
        Folder = Path.Combine(app.Folder, ".dapr", "logs");
        var name = replica == 0 ? app.Id : $"{app.Id}-{replica + 1}";
        AppPath = Path.Combine(Folder, $"{name}_app_{start:yyyyMMddHHmmss}.log");
        SidecarPath = Path.Combine(Folder, $"{name}_daprd_{start:yyyyMMddHHmmss}.log");
        if (app.AppLog.HasFlag(LogDestination.File) && app.Command.Count > 0) appFile = LineFile.Append(AppPath);
        if (app.SidecarLog.HasFlag(LogDestination.File)) sidecarFile = LineFile.Append(SidecarPath);
        if (app.AppLog.HasFlag(LogDestination.Console)) appConsole = console.Prefixed(prefix);
        if (app.SidecarLog.HasFlag(LogDestination.Console)) sidecarConsole = console.Plain;
    }

    public string Folder { get; }
    public string AppPath { get; }
    public string SidecarPath { get; }
    public bool HasAppFile => appFile is not null;
    public bool HasSidecarFile => sidecarFile is not null;

    /// <summary>A line that the app wrote.</summary>
    public void AppLine(string line)
    {
        appConsole?.Invoke(line);
        appFile?.Write(prefix + line);
    }

    /// <summary>A line of its sidecar.</summary>
    public void SidecarLine(string line)
    {
        sidecarConsole?.Invoke(line);
        sidecarFile?.Write(line);
    }

    public void Success(string text) => console.Success(text);

    public void Warning(string text) => console.Warning(text);

    public void Failure(string text) => console.Failure(text);

    public void Dispose()
    {
        appFile?.Dispose();
        sidecarFile?.Dispose();
    }
}
