using System.Data;
using System.Data.Common;

namespace Resort.View.Database;

/// <summary>A connection that writes in transactions, with statements that are prepared once.</summary>
internal abstract class WriterConnection(DbConnection connection, string begin) : IAsyncDisposable
{
    private readonly DbCommand begin = connection.Command(begin);

    /// <summary>False when its server is gone: then another one is to be opened.</summary>
    public bool IsOpen => connection.State is ConnectionState.Open;

    public DbConnection Connection => connection;

    public async Task<Statement> PrepareAsync(string sql, params (string Name, DbType Type)[] parameters)
    {
        var command = connection.Command(sql);
        foreach (var (name, type) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.DbType) = (name, type);
            command.Parameters.Add(parameter);
        }
        await command.PrepareAsync();
        return new(command);
    }

    /// <summary>What <paramref name="work"/> writes is there as a whole or not at all. Then listeners are told of the reservations that it returns.</summary>
    public async Task TransactAsync(Func<Task<IReadOnlySet<string>>> work)
    {
        await BeginAsync(begin);
        try
        {
            await CommitAsync(await work());
        }
        catch
        {
            if (IsOpen)
                await RollbackAsync();
            throw;
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        await begin.DisposeAsync();
        await connection.DisposeAsync();
    }

    protected virtual Task BeginAsync(DbCommand begin) => begin.ExecuteNonQueryAsync();

    protected abstract Task CommitAsync(IReadOnlySet<string> changed);

    protected virtual Task RollbackAsync() => connection.ExecuteAsync("ROLLBACK");
}
