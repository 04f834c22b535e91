using Microsoft.Data.Sqlite;
using Resort.View.Projections;

namespace Resort.Tests.Unit.View;

public class ViewSchemaTests
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
        using var model = new ReadModel(found: file => Write(file, ReadModel.Story(1), ReadModel.Story(2)));
        using var fresh = new ReadModel();
        await fresh.Writer.WriteAsync([.. ReadModel.Story(1), .. ReadModel.Story(2)]);
        model.Rows().Should().Equal(fresh.Rows()).And.HaveCount(2);
        model.Reader.Read(db => db.Events.OrderBy(logged => logged.Sequence).Select(logged => logged.EventId).ToList())
            .Should().Equal([.. ReadModel.Story(1).Concat(ReadModel.Story(2)).Select(logged => logged.EventId)]);
    }

    [Fact]
    public async Task A_file_that_is_up_to_date_is_left_alone()
    {
        using var model = new ReadModel();
        await model.Writer.WriteAsync([.. ReadModel.Story(1)]);
        using (var db = model.Databases.CreateDbContext())
            db.Views.Single().Region.Should().Be(Orders.Stay().Region);
        Run(model.File, "UPDATE Views SET Region = 'not made anew'");
        await new ViewSchema(model.Databases, model.Rebuild).PrepareAsync();
        model.Reader.Read(db => db.Views.Single().Region).Should().Be("not made anew");
    }

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
