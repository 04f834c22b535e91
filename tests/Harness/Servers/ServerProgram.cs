namespace Resort.Tests.Harness.Servers;

/// <summary>Where the programs of servers are.</summary>
public static class ServerProgram
{
    // Debian keeps servers in sbin, which is not on everybody's path, those of PostgreSQL in a folder per version, and before RabbitMQ's a script
    // that wants to be a certain user
    private static readonly string[] folders =
    [
        "/usr/lib/rabbitmq/bin",
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), "/usr/sbin", "/usr/local/sbin",
        .. Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin")) : [],
    ];

    /// <summary>The path of a program; null if it is not installed.</summary>
    public static string? Find(string name) => folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Why a test that needs these programs is skipped; null if it runs, and fails where RESORT_REQUIRE_SERVERS=1 and a program is missing.</summary>
    public static string? ReasonToSkip(params string[] programs) =>
        Environment.GetEnvironmentVariable("RESORT_REQUIRE_SERVERS") != "1" && programs.Where(program => Find(program) is null).ToList() is { Count: > 0 } missing
            ? $"{string.Join(" and ", missing)} is not installed" : null;
}
