using System.Collections.Concurrent;

namespace Resort.Sidecar.Storage;

/// <summary>The databases of a process: components that name the same file share one, and so one group commit.</summary>
internal sealed class Databases(string dataDirectory) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Database>> open = new(StringComparer.Ordinal);

    /// <summary>Where relative paths begin.</summary>
    public string DataDirectory { get; } = Path.GetFullPath(dataDirectory);

    /// <summary>The database of a file; opened at the first call. Relative paths begin in the data directory.</summary>
    /// <exception cref="StorageException">The file cannot be opened.</exception>
    public Database Open(string path)
    {
        var full = Path.GetFullPath(path, DataDirectory);
        return open.GetOrAdd(full, file => new Lazy<Database>(() => Database.Open(file))).Value;
    }

    /// <summary>A database in memory, shared by all who name it.</summary>
    public Database InMemory(string name) => open.GetOrAdd(":memory:" + name, _ => new Lazy<Database>(() => Database.InMemory(name))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var database in open.Values) if (database.IsValueCreated) await database.Value.DisposeAsync();
        open.Clear();
    }
}
