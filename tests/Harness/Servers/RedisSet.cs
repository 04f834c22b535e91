namespace Resort.Tests.Harness.Servers;

/// <summary>The set <c>components/redis</c> on a server of the test: its files with another address, which is what whoever uses it edits.</summary>
public sealed class RedisSet : ISystemSpace
{
    private RedisSet(string? processingTimeout)
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("components/redis")))
        {
            var text = File.ReadAllText(file).Replace("localhost:6379", Server.Host, StringComparison.Ordinal);
            if (processingTimeout is not null) text = text.Replace("value: 30s", $"value: {processingTimeout}", StringComparison.Ordinal).Replace("\"5000\"", "\"250\"", StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(Folder, Path.GetFileName(file)), text);
        }
    }

    /// <summary>Where the files are.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("resort-redis-set-").FullName;

    public RedisServer Server { get; } = new();

    /// <summary>The variable by which a system takes this set.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["COMPONENTS"] = Folder };

    /// <param name="processingTimeout">In the place of the set's, with more frequent looks, for tests that wait for it.</param>
    public static async Task<RedisSet> RunAsync(string? processingTimeout = null)
    {
        var set = new RedisSet(processingTimeout);
        try { await set.Server.StartAsync(); }
        catch { await set.DisposeAsync(); throw; }
        return set;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
