using System.Data.Common;
using Resort.View.Database;

namespace Resort.View.Projections;

/// <summary>
/// Creates the tables, or brings those of an earlier version up to date: the log stays as it is, and the rows are made anew from it. By which
/// definition they were made is written last, so what is interrupted is done again.
/// </summary>
public sealed class ViewSchema(ViewDatabase database, Rebuild rebuild)
{
    public async Task PrepareAsync(CancellationToken cancel = default)
    {
        await database.PrepareAsync(cancel);
        await using var alone = await database.AloneAsync(cancel);
        await using var writer = await database.OpenWriterAsync();
        var definition = ViewTable.Create(database, "TABLE Views");
        var isUpToDate = false;
        await TransactAsync(writer, async connection =>
        {
            await CreateLogAsync(connection);
            isUpToDate = (await connection.ListAsync("SELECT Views FROM Definitions", row => row.GetString(0))).Contains(definition);
            if (!isUpToDate)
                await connection.ExecuteAsync($"DROP TABLE IF EXISTS Views; {definition}; CREATE INDEX IX_Views_Phone ON Views (Phone)");
        });
        if (isUpToDate)
            return;
        await rebuild.BuildAsync();
        await TransactAsync(writer, connection => connection.ExecuteAsync("DELETE FROM Definitions; INSERT INTO Definitions (Views) VALUES (@views)", ("@views", definition)));
    }

    private static Task TransactAsync(WriterConnection writer, Func<DbConnection, Task> work) => writer.TransactAsync(async () =>
    {
        await work(writer.Connection);
        return new HashSet<string>();
    });

    private Task<int> CreateLogAsync(DbConnection connection) => connection.ExecuteAsync(
        $"""
        CREATE TABLE IF NOT EXISTS Events (
            {database.SequenceColumn}, EventId {database.Text} NOT NULL UNIQUE, ReservationId {database.Text} NOT NULL, Name {database.Text} NOT NULL, Data {database.Text} NOT NULL);
        CREATE INDEX IF NOT EXISTS IX_Events_ReservationId ON Events (ReservationId);
        CREATE TABLE IF NOT EXISTS Rebuilds ({database.SequenceColumn}, Reservations BIGINT NOT NULL, Events BIGINT NOT NULL, Changed BIGINT NOT NULL);
        CREATE TABLE IF NOT EXISTS Definitions (Views {database.Text} NOT NULL);
        """);
}
