namespace Resort.Tests.Harness.Servers;

/// <summary>The set <c>components/redis</c> on a server of the test: its files with another address, which is what whoever uses it edits.</summary>
public sealed class RedisSet : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("resort-redis-set-").FullName;

    private RedisSet()
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("components/redis")))
            File.WriteAllText(Path.Combine(folder, Path.GetFileName(file)), File.ReadAllText(file).Replace("localhost:6379", Server.Host, StringComparison.Ordinal));
    }

    public RedisServer Server { get; } = new();

    /// <summary>The variable by which a system takes this set.</summary>
    public Dictionary<string, string> Environment => new() { ["COMPONENTS"] = folder };

    public static async Task<RedisSet> RunAsync()
    {
        var set = new RedisSet();
        try { await set.Server.StartAsync(); }
        catch { await set.DisposeAsync(); throw; }
        return set;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
