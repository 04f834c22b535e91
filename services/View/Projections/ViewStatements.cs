using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Resort.View.Projections;

/// <summary>
/// The writing side of <see cref="ViewDb"/> as three prepared statements on one connection. Every booking passes here five times, and
/// change tracking costs several times what SQLite does. Tables, columns and conversions are those of the model.
/// </summary>
internal sealed class ViewStatements : IDisposable
{
    private readonly ViewDb db;
    private readonly DbConnection connection;
    private readonly DbCommand log;
    private readonly Table<LoggedEvent> events;
    private readonly Table<ViewRow> views;

    public ViewStatements(ViewDb db)
    {
        this.db = db;
        connection = db.Database.GetDbConnection();
        connection.Open();
        events = new(db.Model, connection, nameof(ViewDb.Events), "INSERT OR IGNORE");
        views = new(db.Model, connection, nameof(ViewDb.Views), "INSERT OR REPLACE");
        log = connection.CreateCommand();
        log.CommandText = $"SELECT {nameof(LoggedEvent.EventId)}, {nameof(LoggedEvent.Name)}, {nameof(LoggedEvent.Data)} "
            + $"FROM {nameof(ViewDb.Events)} WHERE {nameof(LoggedEvent.ReservationId)} = @id";
        AddParameter(log, "@id");
        log.Prepare();
    }

    /// <summary>Everything that is written until the transaction is committed belongs together.</summary>
    public DbTransaction Begin()
    {
        var transaction = connection.BeginTransaction();
        log.Transaction = events.Command.Transaction = views.Command.Transaction = transaction;
        return transaction;
    }

    /// <returns>Whether the event was not in the log before.</returns>
    public bool TryLog(LoggedEvent logged) => events.Execute(logged) > 0;

    public IReadOnlyList<LoggedEvent> Log(string reservationId)
    {
        log.Parameters[0].Value = reservationId;
        using var rows = log.ExecuteReader();
        var found = new List<LoggedEvent>();
        while (rows.Read())
            found.Add(new() { ReservationId = reservationId, EventId = rows.GetString(0), Name = rows.GetString(1), Data = rows.GetString(2) });
        return found;
    }

    public void Put(ViewRow row) => views.Execute(row);

    public void Dispose()
    {
        log.Dispose();
        events.Command.Dispose();
        views.Command.Dispose();
        db.Dispose();
    }

    private static void AddParameter(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
    }

    private sealed class Table<TEntity>
    {
        private readonly IProperty[] columns;

        public Table(IModel model, DbConnection connection, string name, string verb)
        {
            columns = [.. model.FindEntityType(typeof(TEntity))!.GetProperties()];
            var names = columns.Select(column => column.Name).ToList();
            Command = connection.CreateCommand();
            Command.CommandText = $"{verb} INTO {name} ({string.Join(", ", names)}) VALUES ({string.Join(", ", names.Select(column => $"@{column}"))})";
            names.ForEach(column => AddParameter(Command, $"@{column}"));
        }

        public DbCommand Command { get; }

        public int Execute(TEntity entity)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                var value = columns[i].PropertyInfo!.GetValue(entity);
                Command.Parameters[i].Value = (columns[i].GetTypeMapping().Converter?.ConvertToProvider(value) ?? value) ?? DBNull.Value;
            }
            return Command.ExecuteNonQuery();
        }
    }
}
