using System.ComponentModel;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Resort.Sidecar.Hosting.Run;

/// <summary>
/// A child process as the head of its own process group, so that a terminal's Ctrl-C does not reach it and signals reach all that it has started.
/// The group does not outlive this process: a small shell in the group waits at a pipe that only this process holds open, and ends the group
/// when the pipe closes, whether by <see cref="Dispose"/> or by kill -9.
/// </summary>
internal sealed class ProcessGroup : IDisposable
{
    /// <summary>
    /// The shell forks the waiting one and then becomes the command, whose process id is therefore the group's. The waiting shell is a member, so
    /// the id cannot be given to another group as long as it waits.
    /// </summary>
    private const string Script = """
        exec 3<&0 </dev/null
        (
          trap '' TERM INT HUP
          read -r _ <&3
          kill -s TERM -- "-$$"
          sleep 1
          kill -s KILL -- "-$$"
        ) >/dev/null 2>&1 &
        exec 3<&-
        cd "$1" && shift && exec "$@"
        """;

    private readonly AnonymousPipeServerStream leash = new(PipeDirection.Out, HandleInheritability.None);
    private readonly AnonymousPipeServerStream output = new(PipeDirection.In, HandleInheritability.None);

    private ProcessGroup(IReadOnlyList<string> command, string folder, IReadOnlyDictionary<string, string> environment, Action<string> line)
    {
        Id = Spawn(["/bin/sh", "-c", Script, "sh", folder, .. command], environment);
        Exited = Task.Factory.StartNew(WaitForExit, TaskCreationOptions.LongRunning);
        OutputEnded = Task.Factory.StartNew(() => ReadLines(line), TaskCreationOptions.LongRunning);
    }

    /// <summary>The process id of the command, and the id of its group.</summary>
    public int Id { get; }

    /// <summary>Completes when the command has ended; others of its group may still run.</summary>
    public Task<ExitStatus> Exited { get; }

    /// <summary>Completes when nobody writes any more: after <see cref="Dispose"/>, once the group has ended.</summary>
    public Task OutputEnded { get; }

    /// <summary>Starts a command in a folder; <paramref name="line"/> gets each line that it writes to stdout or stderr.</summary>
    /// <exception cref="Win32Exception">The system has no room for another process.</exception>
    public static ProcessGroup Start(IReadOnlyList<string> command, string folder, IReadOnlyDictionary<string, string> environment, Action<string> line) =>
        new(command, folder, environment, line);

    /// <summary>Sends a signal to the whole group; nothing happens if it has ended.</summary>
    public void Signal(int signal) => _ = Posix.kill(-Id, signal);

    /// <summary>Ends what is left of the group: SIGTERM now, SIGKILL after a second.</summary>
    public void Dispose() => leash.Dispose();

    private unsafe int Spawn(string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var opaque = stackalloc byte[3 * Posix.OpaqueSize];
        var (actions, attributes, signals) = ((nint)opaque, (nint)(opaque + Posix.OpaqueSize), (nint)(opaque + (2 * Posix.OpaqueSize)));
        _ = Posix.posix_spawn_file_actions_init(actions);
        _ = Posix.posix_spawnattr_init(attributes);
        _ = Posix.sigemptyset(signals);
        _ = Posix.sigaddset(signals, Posix.SigPipe); // ignored by .NET, and what is ignored would be inherited
        _ = Posix.posix_spawnattr_setsigdefault(attributes, signals);
        _ = Posix.posix_spawnattr_setflags(attributes, Posix.SpawnSetProcessGroup | Posix.SpawnSetSignalDefaults);
        Connect(actions, leash.ClientSafePipeHandle, 0);
        Connect(actions, output.ClientSafePipeHandle, 1);
        Connect(actions, output.ClientSafePipeHandle, 2);
        var error = Posix.posix_spawn(out var pid, arguments[0], actions, attributes, [.. arguments, null], [.. environment.Select(pair => $"{pair.Key}={pair.Value}"), null]);
        _ = Posix.posix_spawn_file_actions_destroy(actions);
        _ = Posix.posix_spawnattr_destroy(attributes);
        leash.DisposeLocalCopyOfClientHandle();
        output.DisposeLocalCopyOfClientHandle();
        return error == 0 ? pid : throw new Win32Exception(error, $"cannot start {arguments[5]}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private static void Connect(nint actions, SafePipeHandle handle, int descriptor) =>
        _ = Posix.posix_spawn_file_actions_adddup2(actions, (int)handle.DangerousGetHandle(), descriptor);

    private ExitStatus WaitForExit()
    {
        const int interrupted = 4;
        int status;
        while (Posix.waitpid(Id, out status, 0) < 0)
            if (Marshal.GetLastPInvokeError() != interrupted) return default;
        return new ExitStatus(status);
    }

    private void ReadLines(Action<string> line)
    {
        using var reader = new StreamReader(output);
        while (reader.ReadLine() is { } text) line(text);
    }
}
