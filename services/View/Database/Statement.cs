using System.Data.Common;

namespace Resort.View.Database;

/// <summary>A prepared statement, which is given its values in the order of its parameters.</summary>
internal sealed class Statement(DbCommand command) : IAsyncDisposable
{
    /// <returns>How many rows were written.</returns>
    public Task<int> ExecuteAsync(params ReadOnlySpan<object?> values) => With(values).ExecuteNonQueryAsync();

    public Task<DbDataReader> ReadAsync(params ReadOnlySpan<object?> values) => With(values).ExecuteReaderAsync();

    public ValueTask DisposeAsync() => command.DisposeAsync();

    private DbCommand With(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
