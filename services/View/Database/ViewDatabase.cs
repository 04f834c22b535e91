using System.Data.Common;

namespace Resort.View.Database;

/// <summary>
/// Where the read model lies. All SQL is such as SQLite and PostgreSQL both understand; what they do differently is here: who may write when, what a
/// read sees, how listeners hear of a change, and a few words of a column's definition.
/// </summary>
public abstract class ViewDatabase : IAsyncDisposable
{
    /// <summary>A text that is compared by its characters' numbers.</summary>
    public abstract string Text { get; }

    /// <summary>The name of a column that numbers rows in the order in which they can be seen; numbers may be left out.</summary>
    public abstract string Sequence { get; }

    /// <summary>How such a column is defined.</summary>
    public abstract string SequenceColumn { get; }

    /// <summary>
    /// Connections for what is written now and then, besides <see cref="OpenWriterAsync"/>. With SQLite they lead to a file of its own, so that
    /// neither a rebuild of the read model nor its writer has anything to do with it.
    /// </summary>
    public abstract DbDataSource DeadLetters { get; }

    /// <summary>Makes ready what tables are created in.</summary>
    public abstract Task PrepareAsync(CancellationToken cancel);

    /// <summary>Reads on a snapshot: what one query sees, the next one sees too.</summary>
    public abstract Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancel);

    /// <summary>The connection that writes. Transactions of several writers, in whatever process, come one after the other, so the log has one order.</summary>
    internal abstract Task<WriterConnection> OpenWriterAsync();

    /// <summary>Until the result is disposed of, who asks for this in another process waits. Null where there is no other process.</summary>
    public abstract Task<IAsyncDisposable?> AloneAsync(CancellationToken cancel);

    /// <summary>Wakes the listeners of this process when another one has written, until it is cancelled.</summary>
    public abstract Task FollowAsync(CancellationToken stop);

    public abstract ValueTask DisposeAsync();
}
