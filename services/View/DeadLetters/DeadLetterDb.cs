using System.Data.Common;
using Resort.View.Database;

namespace Resort.View.DeadLetters;

/// <summary>
/// What no consumer could handle. Here because View is the one service with a database that answers questions. A letter and its failures come from
/// different topics, in any order and more than once: each is written by itself, and they are put together when they are read.
/// </summary>
public sealed class DeadLetterDb(ViewDatabase database)
{
    private const string Explained = """
        SELECT l.*,
            (SELECT COUNT(*) FROM Failures f WHERE f.App = l.App AND f.EventId = l.EventId) AS Attempts,
            (SELECT f.Reason FROM Failures f WHERE f.App = l.App AND f.EventId = l.EventId ORDER BY f.FailureId DESC LIMIT 1) AS Reason
        FROM Letters l
        """;

    public Task PrepareAsync(CancellationToken cancel = default) => WithAsync(async connection =>
    {
        await using var alone = await database.AloneAsync(cancel);
        return await connection.ExecuteAsync(
            $"""
            CREATE TABLE IF NOT EXISTS Letters (
                Id {database.Text} PRIMARY KEY, App {database.Text} NOT NULL, EventId {database.Text} NOT NULL, Status {database.Text} NOT NULL, Topic {database.Text},
                DiedAt {database.Text} NOT NULL, ReplayedAt {database.Text}, Message {database.Text} NOT NULL);
            CREATE UNIQUE INDEX IF NOT EXISTS IX_Letters_App_EventId ON Letters (App, EventId);
            CREATE TABLE IF NOT EXISTS Failures (
                FailureId {database.Text} NOT NULL, App {database.Text} NOT NULL, EventId {database.Text} NOT NULL, Reason {database.Text} NOT NULL, PRIMARY KEY (FailureId, EventId));
            CREATE INDEX IF NOT EXISTS IX_Failures_App_EventId ON Failures (App, EventId);
            """);
    }, cancel);

    public Task<long> CountAsync(CancellationToken cancel) => WithAsync(connection => connection.NumberAsync("SELECT COUNT(*) FROM Letters"), cancel);

    /// <summary>How many letters of each app are dead.</summary>
    public Task<List<(string App, long Count)>> CountDeadAsync(CancellationToken cancel) => WithAsync(connection => connection.ListAsync(
        "SELECT App, COUNT(*) FROM Letters WHERE Status = 'Dead' GROUP BY App", row => (row.GetString(0), row.GetInt64(1))), cancel);

    /// <summary>Newest first.</summary>
    public Task<List<ExplainedLetter>> ListAsync(int skip, int take, CancellationToken cancel) => WithAsync(connection => connection.ListAsync(
        $"{Explained} ORDER BY l.Id DESC LIMIT @take OFFSET @skip", Read, ("@take", take), ("@skip", skip)), cancel);

    public Task<ExplainedLetter?> FindAsync(string id, CancellationToken cancel) => WithAsync(async connection =>
        (await connection.ListAsync($"{Explained} WHERE l.Id = @id", Read, ("@id", id))).FirstOrDefault(), cancel);

    public Task<int> AddDeadAsync(string id, DeadMessage dead, DateTimeOffset now, CancellationToken cancel) => WithAsync(connection => connection.ExecuteAsync(
        """
        INSERT INTO Letters (Id, App, EventId, Status, Topic, DiedAt, Message) VALUES (@id, @app, @eventid, 'Dead', @topic, @now, @message)
        ON CONFLICT (App, EventId) DO UPDATE SET Status = 'Dead', Topic = excluded.Topic, DiedAt = excluded.DiedAt, Message = excluded.Message
        """,
        ("@id", id), ("@app", dead.App), ("@eventid", dead.EventId), ("@topic", dead.Topic), ("@now", Times.Text(now)), ("@message", dead.Message)), cancel);

    public Task<int> AddFailureAsync(Failure failure, CancellationToken cancel) => WithAsync(connection => connection.ExecuteAsync(
        "INSERT INTO Failures (FailureId, App, EventId, Reason) VALUES (@id, @app, @eventid, @reason) ON CONFLICT DO NOTHING",
        ("@id", failure.FailureId), ("@app", failure.App), ("@eventid", failure.EventId), ("@reason", failure.Reason)), cancel);

    /// <summary>What failed long ago and is no dead letter was handled.</summary>
    public Task<int> ForgetFailuresAsync(string before, CancellationToken cancel) => WithAsync(connection => connection.ExecuteAsync(
        """
        DELETE FROM Failures WHERE FailureId < @before
        AND NOT EXISTS (SELECT 1 FROM Letters WHERE Letters.App = Failures.App AND Letters.EventId = Failures.EventId)
        """, ("@before", before)), cancel);

    /// <summary>Unless it came back meanwhile.</summary>
    public Task<int> MarkReplayedAsync(DeadLetter letter, DateTimeOffset now, CancellationToken cancel) => WithAsync(connection => connection.ExecuteAsync(
        "UPDATE Letters SET Status = 'Replayed', ReplayedAt = @now WHERE Id = @id AND DiedAt = @diedat",
        ("@now", Times.Text(now)), ("@id", letter.Id), ("@diedat", Times.Text(letter.DiedAt))), cancel);

    private async Task<T> WithAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancel)
    {
        await using var connection = await database.DeadLetters.OpenConnectionAsync(cancel);
        return await query(connection);
    }

    private static ExplainedLetter Read(DbDataReader row) => new(
        new()
        {
            Id = row.TextOrNull("Id")!,
            App = row.TextOrNull("App")!,
            EventId = row.TextOrNull("EventId")!,
            Status = Enum.Parse<DeadLetterStatus>(row.TextOrNull("Status")!),
            Topic = row.TextOrNull("Topic"),
            DiedAt = Times.ReadTime(row.TextOrNull("DiedAt"))!.Value,
            ReplayedAt = Times.ReadTime(row.TextOrNull("ReplayedAt")),
            Message = row.TextOrNull("Message")!,
        },
        (int)row.NumberOrNull("Attempts")!.Value, row.TextOrNull("Reason"));
}
