using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Resort.Sidecar.Storage;

/// <summary>
/// One SQLite file. All writes pass one thread, which commits whatever is waiting as one transaction: many writes, one fsync
/// (<c>synchronous=FULL</c>). Reads use their own connections beside it (WAL).
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    /// <summary>A group never grows beyond this many writes, so that the first of them does not wait for all.</summary>
    private const int LargestGroup = 512;

    private readonly string name;
    private readonly string connectionString;
    private readonly Session writer;
    private readonly ConcurrentQueue<PendingWrite> queue = new();
    private readonly AutoResetEvent signal = new(false);
    private readonly ConcurrentBag<Session> readers = [];
    private readonly Lock? gate; // an in-memory database has one connection, which readers and writer share
    private readonly FileStream? fileLock;
    private readonly Thread thread;
    private volatile bool closing;

    private Database(string name, string connectionString, bool inMemory, FileStream? fileLock)
    {
        this.name = name;
        this.connectionString = connectionString;
        this.fileLock = fileLock;
        gate = inMemory ? new Lock() : null;
        writer = Session.Open(connectionString);
        if (!inMemory) writer.Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA wal_autocheckpoint=4000");
        thread = new Thread(WriteGroups) { IsBackground = true, Name = $"writer of {name}" };
        thread.Start();
    }

    /// <summary>Opens or creates a database file; its folder is created too. The file belongs to this process until it is closed.</summary>
    /// <exception cref="StorageException">Another process has the file, or it is no database, or cannot be written.</exception>
    public static Database Open(string path)
    {
        FileStream? fileLock = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            fileLock = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            return new Database(path, new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString(), inMemory: false, fileLock);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            fileLock?.Dispose();
            throw new StorageException($"cannot open {path}: {(fileLock is null && File.Exists(path + ".lock") ? "another process uses it" : e.Message)}", e);
        }
    }

    /// <summary>A database that lives as long as this object.</summary>
    public static Database InMemory(string name) => new(name, "Data Source=:memory:", inMemory: true, fileLock: null);

    /// <summary>
    /// Runs <paramref name="work"/> inside the next group's transaction and completes when that is on disk. What the work throws undoes only
    /// its own changes and surfaces here.
    /// </summary>
    /// <exception cref="StorageException">The group could not be committed (disk full, for one): nothing of it was written.</exception>
    public Task<T> WriteAsync<T>(Func<Session, T> work)
    {
        var pending = new PendingWrite<T>(work);
        ObjectDisposedException.ThrowIf(closing, this);
        queue.Enqueue(pending);
        signal.Set();
        return pending.Task;
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Action<Session> work) => WriteAsync(session => { work(session); return true; });

    /// <summary>Runs <paramref name="work"/> on a reader connection, on the calling thread; it sees everything that was committed.</summary>
    public T Read<T>(Func<Session, T> work)
    {
        if (gate is not null) lock (gate) return work(writer);
        if (!readers.TryTake(out var reader)) reader = Session.Open(connectionString);
        try { return work(reader); }
        finally { readers.Add(reader); }
    }

    public async ValueTask DisposeAsync()
    {
        if (closing) return;
        closing = true;
        signal.Set();
        await Task.Run(thread.Join);
        while (queue.TryDequeue(out var late)) late.Fail(new StorageException($"{name} is closed", new ObjectDisposedException(name)));
        foreach (var reader in readers) reader.Dispose();
        writer.Dispose();
        signal.Dispose();
        if (fileLock is not null) await fileLock.DisposeAsync();
    }

    private void WriteGroups()
    {
        var group = new List<PendingWrite>(LargestGroup);
        while (!closing || !queue.IsEmpty)
        {
            if (queue.IsEmpty) signal.WaitOne();
            while (group.Count < LargestGroup && queue.TryDequeue(out var next)) group.Add(next);
            if (group.Count == 0) continue;
            Commit(group);
            group.Clear();
        }
    }

    private void Commit(List<PendingWrite> group)
    {
        try
        {
            if (gate is null) WriteOut(group);
            else lock (gate) WriteOut(group);
        }
        catch (SqliteException e)
        {
            var error = new StorageException($"cannot write to {name}: {e.Message}", e);
            foreach (var pending in group) pending.Fail(error);
            return;
        }
        writer.Committed();
        foreach (var pending in group) pending.Complete();
    }

    private void WriteOut(List<PendingWrite> group)
    {
        writer.Execute("BEGIN IMMEDIATE");
        try
        {
            foreach (var pending in group) pending.Run(writer);
            writer.Execute("COMMIT");
        }
        catch (SqliteException)
        {
            writer.TryRollback();
            throw;
        }
    }
}
