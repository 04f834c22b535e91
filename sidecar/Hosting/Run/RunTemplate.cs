using Resort.Sidecar.Components;

namespace Resort.Sidecar.Hosting.Run;

/// <summary>What <c>run -f</c> was asked to start: a multi-app run template (<c>dapr.yaml</c>), read and checked, and the ids of the apps that it leaves out.</summary>
internal sealed record RunTemplate(string File, string? Name, IReadOnlyList<AppTemplate> Apps, IReadOnlyList<string> LeftOut);

/// <summary>
/// One app of the template: its sidecar, and how its own process is started. Without a command there is only the sidecar.
/// <paramref name="Environment"/> is the whole environment of the process.
/// </summary>
internal sealed record AppTemplate(
    SidecarOptions Sidecar,
    string Folder,
    IReadOnlyList<string> Command,
    IReadOnlyDictionary<string, string> Environment,
    LogDestination AppLog,
    LogDestination SidecarLog,
    SourceLocation Location)
{
    public string Id => Sidecar.AppId;
}

/// <summary>Where lines go.</summary>
[Flags]
internal enum LogDestination
{
    Console = 1,
    File = 2,
    FileAndConsole = Console | File,
}
