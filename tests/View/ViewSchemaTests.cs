using Microsoft.Data.Sqlite;
using Resort.View.Database;
using Resort.View.Projections;

namespace Resort.Tests.View;

[Collection(DatabaseCollection.Name)]
public sealed class ViewSchemaTests(Databases databases)
{
    private const string FirstVersion = """
        CREATE TABLE "Events" ("EventId" TEXT NOT NULL CONSTRAINT "PK_Events" PRIMARY KEY, "ReservationId" TEXT NOT NULL, "Name" TEXT NOT NULL, "Data" TEXT NOT NULL);
        CREATE TABLE "Views" ("ReservationId" TEXT NOT NULL CONSTRAINT "PK_Views" PRIMARY KEY, "ReservationStatus" TEXT NOT NULL, "Phone" TEXT NULL, "Timeline" TEXT NOT NULL);
        CREATE INDEX "IX_Events_ReservationId" ON "Events" ("ReservationId");
        CREATE INDEX "IX_Views_Phone" ON "Views" ("Phone");
        """;

    [Fact]
    public async Task A_file_of_the_first_version_keeps_its_log_and_gets_its_rows_anew()
    {
        await using var model = await ReadModel.OpenAsync(found: file => Write(file, Stories.Of(1), Stories.Of(2)));
        await using var fresh = await ReadModel.OpenAsync();
        await fresh.Writer.WriteAsync([.. Stories.Of(1), .. Stories.Of(2)]);
        (await model.RowsAsync()).Should().Equal(await fresh.RowsAsync()).And.HaveCount(2);
        await model.Writer.WriteAsync([.. Stories.Of(2), .. Stories.Of(3)]);
        (await LogAsync(model)).Should().Equal([.. Enumerable.Range(1, 3).SelectMany(Stories.Of).Select(logged => logged.EventId)]);
    }

    [Theory, OnEach]
    public async Task Rows_of_an_earlier_definition_are_made_anew_and_those_of_this_one_are_left_alone(string database)
    {
        await using var model = await databases.OpenAsync(database);
        await model.Writer.WriteAsync([.. Stories.Of(1)]);
        var rows = await model.RowsAsync();
        await model.ExecuteAsync("UPDATE Views SET Region = 'not made anew'");
        await model.PrepareAsync();
        (await model.RowsAsync()).Should().NotEqual(rows);

        await model.ExecuteAsync("ALTER TABLE Views DROP COLUMN Region; UPDATE Definitions SET Views = 'earlier'");
        await model.PrepareAsync();

        (await model.RowsAsync()).Should().Equal(rows);
    }

    private static Task<List<string>> LogAsync(ReadModel model) => model.Database.ReadAsync(connection =>
        connection.ListAsync($"SELECT EventId FROM Events ORDER BY {model.Database.Sequence}", row => row.GetString(0)), default);

    private static void Write(string file, params IReadOnlyList<LoggedEvent>[] stories)
    {
        Run(file, "PRAGMA journal_mode = WAL");
        Run(file, FirstVersion);
        foreach (var logged in stories.SelectMany(story => story))
            Run(file, "INSERT INTO Events VALUES (@a, @b, @c, @d)", logged.EventId, logged.ReservationId, logged.Name, logged.Data);
        Run(file, "INSERT INTO Views VALUES ('gone', 'Paid', NULL, '[]')");
    }

    private static void Run(string file, string sql, params string[] values)
    {
        using var connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (value, at) in values.Select((value, at) => (value, at)))
            command.Parameters.AddWithValue($"@{(char)('a' + at)}", value);
        command.ExecuteNonQuery();
    }
}
