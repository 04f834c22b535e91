namespace Resort.View.Database;

/// <summary>
/// SQLite waits out a conflict between connections by sleeping, and the library that restores everywhere cannot sleep less than a whole
/// second. So connections never meet where they could conflict: one at a time begins to read, begins to write or commits, and a
/// checkpoint is alone. Reads that have begun run beside each other and beside the writer.
/// </summary>
public sealed class ViewGate : IDisposable
{
    private readonly Lock beginners = new();
    private readonly ReaderWriterLockSlim steps = new(); // the writer goes before those who want to begin to read
    private readonly ReaderWriterLockSlim reads = new();

    /// <summary>Around a whole read, so that a checkpoint can wait for it.</summary>
    public T Read<T>(Func<T> read)
    {
        reads.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            reads.ExitReadLock();
        }
    }

    public T BeginRead<T>(Func<T> begin)
    {
        lock (beginners)
        {
            steps.EnterReadLock();
            try
            {
                return begin();
            }
            finally
            {
                steps.ExitReadLock();
            }
        }
    }

    /// <summary>For the begin and the commit of a write.</summary>
    public void WriteStep(Action step) => Alone(steps, step);

    /// <summary>When no read is under way, and before the next one begins.</summary>
    public void Checkpoint(Action step) => Alone(reads, step);

    public void Dispose()
    {
        steps.Dispose();
        reads.Dispose();
    }

    private static void Alone(ReaderWriterLockSlim among, Action step)
    {
        among.EnterWriteLock();
        try
        {
            step();
        }
        finally
        {
            among.ExitWriteLock();
        }
    }
}
