using System.Collections.Concurrent;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;
using Resort.View.Projections;

namespace Resort.Tests.View;

/// <summary>Two replicas of View on one PostgreSQL, and that going away.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class ReplicaTests(Databases databases) : IAsyncLifetime
{
    private const int Reservations = 60;
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(20);
    private ReadModel one = null!;
    private ReadModel other = null!;

    public async Task InitializeAsync()
    {
        if (!Databases.Here.Contains(Databases.Postgres)) return;
        var schema = await databases.SchemaAsync();
        var both = await Task.WhenAll(ReadModel.OpenAsync(schema), ReadModel.OpenAsync(schema)); // of which one creates the tables
        (one, other) = (both[0], both[1]);
    }

    public async Task DisposeAsync()
    {
        if (one is not null) await one.DisposeAsync();
        if (other is not null) await other.DisposeAsync();
    }

    [ServerFact(PostgresServer.Program)]
    public async Task Events_of_a_reservation_that_both_take_at_once_are_all_in_its_row()
    {
        await using var inOrder = await ReadModel.OpenAsync();
        await inOrder.Writer.WriteAsync([.. Enumerable.Range(1, Reservations).SelectMany(Stories.Of)]);

        await WriteToBothAsync();

        (await one.RowsAsync()).Should().Equal(await inOrder.RowsAsync());
    }

    [ServerFact(PostgresServer.Program)]
    public async Task Who_follows_the_log_while_both_write_misses_nothing()
    {
        var writing = WriteToBothAsync();
        var seen = new List<Change>();
        for (var isOver = false; !isOver;)
        {
            isOver = writing.IsCompleted;
            seen.AddRange(await one.Log.AfterAsync(seen.Count == 0 ? 0 : seen[^1].Sequence, null, default));
        }
        while (await one.Log.AfterAsync(seen[^1].Sequence, null, default) is { Count: > 0 } rest) seen.AddRange(rest);

        seen.Select(change => $"{change.ReservationId} {change.Event} {change.Time}").Should().OnlyHaveUniqueItems().And.HaveCount(Reservations * 11);
    }

    [ServerFact(PostgresServer.Program)]
    public async Task A_listener_is_woken_by_what_the_other_has_written()
    {
        using var listener = other.Listeners.TryAdd(Stories.Id(7))!;
        await listener.WaitAsync(TimeSpan.FromMilliseconds(200), TimeProvider.System, default); // it is woken once in the beginning

        await one.Writer.WriteAsync(Stories.Of(7));

        (await listener.WaitAsync(patience, TimeProvider.System, default)).Should().BeTrue();
        (await other.Log.AfterAsync(0, Stories.Id(7), default)).Should().HaveCount(11);
    }

    [ServerFact(PostgresServer.Program)]
    public async Task A_rebuild_that_both_are_asked_for_is_one_and_events_that_arrive_meanwhile_are_in_the_rows()
    {
        await WriteToBothAsync();
        var before = await one.NumberAsync("SELECT COUNT(*) FROM Rebuilds");
        await one.ExecuteAsync("UPDATE Views SET Cost = 1");

        var (first, second) = (one.Rebuild.RunAsync(), other.Rebuild.RunAsync());
        await other.Writer.WriteAsync(Stories.Of(Reservations + 1));

        (await second).Should().Be(await first);
        (await one.NumberAsync("SELECT COUNT(*) FROM Rebuilds")).Should().Be(before + 1);
        (await one.Rebuild.RunAsync()).Should().Be(new RebuildCounts(Reservations + 1, 11 * (Reservations + 1), 0));
    }

    [ServerFact(PostgresServer.Program)]
    public async Task What_cannot_be_written_while_the_server_is_away_is_written_when_it_comes_again()
    {
        await one.Writer.WriteAsync(Stories.Of(1));
        await other.Writer.WriteAsync([Stories.Of(2)[0]]);
        using var listener = other.Listeners.TryAdd(null)!;
        var server = await databases.ServerAsync();

        await server.KillAsync();
        await FluentActions.Awaiting(() => one.Writer.WriteAsync(Stories.Of(2))).Should().ThrowAsync<Exception>();
        await server.StartAsync();

        (await one.RowsAsync()).Should().HaveCount(2, "a read takes a new connection in the place of a dead one");
        await one.Writer.WriteAsync(Stories.Of(2));
        await FluentActions.Awaiting(() => other.Writer.WriteAsync(Stories.Of(3))).Should().ThrowAsync<Exception>("its connection is a dead one");
        await other.Writer.WriteAsync(Stories.Of(3));
        (await one.RowsAsync()).Should().Equal(await other.RowsAsync()).And.HaveCount(3);
        await Probe.UntilAsync("the listener of the other one hears again", async () =>
        {
            await one.Writer.WriteAsync([Stories.Event(4, Environment.TickCount, new Contracts.Events.TicketCancelled { IssuedId = "i" })]);
            return await listener.WaitAsync(TimeSpan.FromMilliseconds(500), TimeProvider.System, default);
        }, woken => woken);
    }

    // Each event to one of them, some to both
    private async Task WriteToBothAsync()
    {
        var random = new Random(Stories.Seed());
        var events = Enumerable.Range(1, Reservations).SelectMany(Stories.Of).ToArray();
        random.Shuffle(events);
        var queue = new ConcurrentQueue<LoggedEvent>(events);
        var both = events.Where(_ => random.Next(4) == 0).ToHashSet();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async n =>
        {
            while (queue.TryDequeue(out var logged))
            {
                await (n % 2 == 0 ? one : other).Writer.WriteAsync([logged]);
                if (both.Contains(logged)) await (n % 2 == 0 ? other : one).Writer.WriteAsync([logged]);
            }
        }));
    }
}
