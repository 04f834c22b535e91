using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Resort.Sidecar.Storage;

/// <summary>
/// One SQLite file. All writes pass one thread, which commits whatever is waiting as one transaction: many writes, one fsync
/// (<c>synchronous=FULL</c>). Reads have a connection beside it (WAL).
/// </summary>
/// <remarks>
/// SQLite waits out a conflict between connections by sleeping, and the library that restores everywhere is built so that it cannot sleep
/// less than a whole second. So the connections never meet where they could conflict: reads, and the begin, commit and checkpoint of the
/// writer, exclude each other here.
/// </remarks>
internal sealed class Database : IAsyncDisposable
{
    /// <summary>A group never grows beyond this many writes, so that the first of them does not wait for all.</summary>
    private const int LargestGroup = 512;

    /// <summary>When so many writes came together, there are many who write: the next group gathers for a while, and one fsync serves more of them.</summary>
    private const int Crowd = 8;
    private static readonly TimeSpan gathering = TimeSpan.FromMilliseconds(2);

    /// <summary>So many pages of the write-ahead log are copied into the file at once.</summary>
    private const int CheckpointPages = 4000;

    private readonly string name;
    private readonly Session writer;
    private readonly ConcurrentQueue<PendingWrite> queue = new();
    private readonly AutoResetEvent signal = new(false);
    private readonly ManualResetEventSlim closed = new();
    private readonly Session reader; // the writer itself when the database is in memory, and has but one connection
    private readonly Lock gate = new();
    private readonly FileStream? fileLock;
    private readonly Thread thread;
    private int pagesInLog;
    private volatile bool closing;

    private Database(string name, string connectionString, bool inMemory, FileStream? fileLock)
    {
        this.name = name;
        this.fileLock = fileLock;
        writer = Session.Open(connectionString);
        // each write is a savepoint: the pages that it may restore would go through a temporary file; the size of the cache is in KiB
        if (!inMemory) writer.Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA wal_autocheckpoint=0; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32768");
        reader = inMemory ? writer : Session.Open(connectionString);
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

    /// <summary>Runs <paramref name="work"/> on the reader connection, on the calling thread; it sees everything that was committed.</summary>
    public T Read<T>(Func<Session, T> work)
    {
        lock (gate) return work(reader);
    }

    public async ValueTask DisposeAsync()
    {
        if (closing) return;
        closing = true;
        closed.Set();
        signal.Set();
        await Task.Run(thread.Join);
        while (queue.TryDequeue(out var late)) late.Fail(new StorageException($"{name} is closed", new ObjectDisposedException(name)));
        reader.Dispose();
        writer.Dispose();
        signal.Dispose();
        closed.Dispose();
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
            if (group.Count >= Crowd) closed.Wait(gathering);
            group.Clear();
        }
    }

    private void Commit(List<PendingWrite> group)
    {
        try
        {
            if (reader != writer) WriteOut(group);
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
        if (reader != writer) Checkpoint();
    }

    private void WriteOut(List<PendingWrite> group)
    {
        lock (gate) writer.Execute("BEGIN IMMEDIATE");
        try
        {
            foreach (var pending in group) pending.Run(writer);
            lock (gate) writer.Execute("COMMIT");
        }
        catch (SqliteException)
        {
            writer.TryRollback();
            throw;
        }
    }

    private void Checkpoint()
    {
        pagesInLog += writer.PagesWritten();
        if (pagesInLog < CheckpointPages) return;
        pagesInLog = 0;
        try { lock (gate) writer.Run("PRAGMA wal_checkpoint(RESTART)"); }
        catch (SqliteException) { /* no room for the copy: everything is in the log, and with the next pages it is tried again */ }
    }
}
