using Resort.Sidecar.Hosting.Logs;

namespace Resort.Sidecar.Hosting.Run;

/// <summary>The terminal of a run: the lines of the run itself, marked as the CLI marks them, and the apps' lines, coloured if it is a terminal.</summary>
internal sealed class RunConsole(LineFile output, bool coloured)
{
    private static readonly int[] palette = [94, 92, 95, 96, 93, 91, 36, 35, 32, 34];
    private int apps;

    /// <summary>Colours follow the terminal and the <c>NO_COLOR</c> convention.</summary>
    public static RunConsole Default { get; } = new(LineFile.Stdout, !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));

    public void Info(string text) => output.Write("ℹ️  " + text);

    public void Success(string text) => output.Write("✅  " + text);

    public void Warning(string text) => output.Write("⚠  " + text);

    public void Failure(string text) => output.Write("❌  " + text);

    /// <summary>A line as it is.</summary>
    public void Plain(string line) => output.Write(line);

    /// <summary>What writes an app's lines behind its prefix, each app in the next colour.</summary>
    public Action<string> Prefixed(string prefix)
    {
        if (!coloured) return line => output.Write(prefix + line);
        var shown = $"\e[1;{palette[apps++ % palette.Length]}m{prefix}\e[0m";
        return line => output.Write(shown + line);
    }
}
