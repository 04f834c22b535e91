using System.Runtime.InteropServices;

namespace Resort.Sidecar.Hosting.Run;

/// <summary>The calls of libc for which .NET has no equal: a child as the head of a process group of its own, and signals to the whole group.</summary>
internal static partial class Posix
{
    public const int SigKill = 9, SigPipe = 13, SigTerm = 15;

    /// <summary>More than the largest of libc's opaque structures (attributes, file actions, signal sets) on any system.</summary>
    public const int OpaqueSize = 1024;

    /// <summary>The same numbers in every libc: the new process leads its own group; the signals of the given set have their default effect.</summary>
    public const short SpawnSetProcessGroup = 2, SpawnSetSignalDefaults = 4;

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int posix_spawn(out int pid, string path, nint fileActions, nint attributes, string?[] arguments, string?[] environment);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_init(nint actions);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_adddup2(nint actions, int descriptor, int newDescriptor);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_destroy(nint actions);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_init(nint attributes);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_setflags(nint attributes, short flags);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_setsigdefault(nint attributes, nint signals);

    [LibraryImport("libc")]
    public static partial int posix_spawnattr_destroy(nint attributes);

    [LibraryImport("libc")]
    public static partial int sigemptyset(nint signals);

    [LibraryImport("libc")]
    public static partial int sigaddset(nint signals, int signal);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int waitpid(int pid, out int status, int options);

    [LibraryImport("libc")]
    public static partial int kill(int pid, int signal);
}
