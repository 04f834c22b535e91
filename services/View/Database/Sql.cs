using System.Data.Common;

namespace Resort.View.Database;

/// <summary>Statements that are not prepared, in one line each.</summary>
internal static class Sql
{
    public static DbCommand Command(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
        return command;
    }

    /// <returns>How many rows were written.</returns>
    public static async Task<int> ExecuteAsync(this DbConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.Command(sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    public static async Task<List<T>> ListAsync<T>(this DbConnection connection, string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.Command(sql, parameters);
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<T>();
        while (await rows.ReadAsync())
            found.Add(read(rows));
        return found;
    }

    /// <summary>The whole number that the statement gives; 0 when it gives none.</summary>
    public static async Task<long> NumberAsync(this DbConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.Command(sql, parameters);
        return await command.ExecuteScalarAsync() is long number ? number : 0;
    }

    public static string? TextOrNull(this DbDataReader row, string column) => row.GetOrdinal(column) is var at && row.IsDBNull(at) ? null : row.GetString(at);

    public static long? NumberOrNull(this DbDataReader row, string column) => row.GetOrdinal(column) is var at && row.IsDBNull(at) ? null : row.GetInt64(at);
}
