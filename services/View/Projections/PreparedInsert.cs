using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Resort.View.Projections;

/// <summary>Writes entities of one kind with a statement that is prepared once. Columns and conversions are those of the model.</summary>
internal sealed class PreparedInsert<TEntity> : IDisposable
{
    private readonly IProperty[] columns;
    private readonly SqliteCommand command;

    public PreparedInsert(WriterConnection connection, string verb, string table)
    {
        columns = [.. connection.Model.FindEntityType(typeof(TEntity))!.GetProperties().Where(column => column.Name != nameof(LoggedEvent.Sequence))]; // SQLite gives it
        string[] names = [.. columns.Select(column => column.Name)];
        string[] parameters = [.. names.Select(name => $"@{name}")];
        command = connection.Command($"{verb} INTO {table} ({string.Join(", ", names)}) VALUES ({string.Join(", ", parameters)})", parameters);
    }

    /// <returns>How many rows were written.</returns>
    public int Execute(TEntity entity)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            var value = columns[i].PropertyInfo!.GetValue(entity);
            command.Parameters[i].Value = (columns[i].GetTypeMapping().Converter?.ConvertToProvider(value) ?? value) ?? DBNull.Value;
        }
        return command.ExecuteNonQuery();
    }

    public void Dispose() => command.Dispose();
}
