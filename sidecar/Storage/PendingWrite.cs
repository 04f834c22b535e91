using Microsoft.Data.Sqlite;

namespace Resort.Sidecar.Storage;

/// <summary>One piece of work that waits for the writer thread, and its outcome, which is told only after the commit.</summary>
internal abstract class PendingWrite
{
    /// <summary>Runs the work; what it throws undoes its own changes only. A failure of the database itself goes on to the whole group.</summary>
    public abstract void Run(Session session);

    /// <summary>The group is on disk: tells the waiting caller what became of its work.</summary>
    public abstract void Complete();

    /// <summary>The group was not written.</summary>
    public abstract void Fail(StorageException error);
}

/// <inheritdoc cref="PendingWrite"/>
internal sealed class PendingWrite<T>(Func<Session, T> work) : PendingWrite
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T result = default!;
    private Exception? failure;

    public Task<T> Task => done.Task;

    public override void Run(Session session)
    {
        failure = null;
        var savepoint = session.Savepoint();
        try { result = work(session); }
        catch (Exception e) when (e is not SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR })
        {
            failure = e;
            session.Undo(savepoint);
        }
        session.Release();
    }

    public override void Complete()
    {
        if (failure is null) done.SetResult(result);
        else done.SetException(failure);
    }

    public override void Fail(StorageException error) => done.SetException(error);
}
