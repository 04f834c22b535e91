using Resort.Sidecar.Components;

namespace Resort.Sidecar.Hosting.Run;

/// <summary>The command of an app: whether there is something to start.</summary>
internal static class AppCommand
{
    /// <exception cref="ResourceException">The command is empty, or its program does not exist or may not be executed.</exception>
    public static void Check(AppTemplate app)
    {
        if (app.Command.Count == 0) return;
        var program = app.Command[0];
        if (program.Length == 0) throw new ResourceException(app.Location, $"the command of app `{app.Id}` is empty");
        if (!Candidates(program, app).Any(IsExecutable))
            throw new ResourceException(app.Location, $"the command of app `{app.Id}`: {program} is not {(program.Contains('/', StringComparison.Ordinal) ? $"an executable file, seen from {app.Folder}" : "found on the PATH")}");
    }

    private static IEnumerable<string> Candidates(string program, AppTemplate app) => program.Contains('/', StringComparison.Ordinal)
        ? [Path.GetFullPath(program, app.Folder)]
        : app.Environment.GetValueOrDefault("PATH", "").Split(Path.PathSeparator).Select(folder => Path.GetFullPath(Path.Combine(folder, program), app.Folder));

    private static bool IsExecutable(string file) =>
        File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
