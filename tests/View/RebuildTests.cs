using Resort.View.Database;
using Resort.View.Projections;

namespace Resort.Tests.View;

[Collection(DatabaseCollection.Name)]
public sealed class RebuildTests(Databases databases)
{
    private const int Reservations = 700; // several batches

    [Theory, OnEach]
    public async Task Rows_that_are_wrong_missing_or_nobodys_are_put_right_and_a_second_rebuild_changes_nothing(string database)
    {
        await using var model = await FilledAsync(database);
        var expected = await model.RowsAsync();
        await SpoilAsync(model);
        (await model.RowsAsync()).Should().NotEqual(expected);

        (await model.Rebuild.RunAsync()).Should().Be(new RebuildCounts(Reservations, Reservations * 11, Changed: 3));
        (await model.RowsAsync()).Should().Equal(expected);

        (await model.Rebuild.RunAsync()).Changed.Should().Be(0);
    }

    [Theory, OnEach]
    public async Task Reads_go_on_and_see_all_the_old_rows_or_all_the_new_ones(string database)
    {
        await using var model = await FilledAsync(database);
        await model.ExecuteAsync("UPDATE Views SET Region = 'old'");

        var rebuild = model.Rebuild.RunAsync();
        var seen = new HashSet<(long Rows, long Old)>();
        do
            seen.Add(await CountAsync(model));
        while (!rebuild.IsCompleted);
        seen.Add(await CountAsync(model));

        seen.Should().BeSubsetOf([(Reservations, Reservations), (Reservations, 0)]).And.Contain((Reservations, 0));
    }

    [Theory, OnEach]
    public async Task Events_that_arrive_meanwhile_are_in_the_rows_and_two_rebuilds_at_once_are_one(string database)
    {
        await using var model = await FilledAsync(database, firstEvents: 4);
        await using var whole = await FilledAsync(database);

        var first = model.Rebuild.RunAsync();
        var second = model.Rebuild.RunAsync();
        var late = Enumerable.Range(1, Reservations).Select(n => model.Writer.WriteAsync([.. Stories.Of(n).Skip(4)])).ToList();
        await Task.WhenAll(late);

        (await second).Should().BeSameAs(await first);
        (await model.RowsAsync()).Should().Equal(await whole.RowsAsync());
        (await model.Rebuild.RunAsync()).Changed.Should().Be(0);
    }

    [Theory, OnEach]
    public async Task A_delivery_in_the_same_transaction_makes_no_row_different(string database)
    {
        await using var model = await FilledAsync(database, firstEvents: 4);
        await model.Writer.RebuildAsync(rows => rows.BeginAsync(model.Database));
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var busy = model.Writer.RebuildAsync(_ => gate.Task); // what comes meanwhile goes together
        var delivery = model.Writer.WriteAsync([.. Stories.Of(1).Skip(4)]);
        RebuildCounts? counts = null;
        var rebuild = model.Writer.RebuildAsync(async rows =>
        {
            for (var after = 0L; counts is null;)
                (after, counts) = await rows.ContinueAsync(model.Database, after);
        });
        gate.SetResult();
        await Task.WhenAll(busy, delivery, rebuild);

        counts!.Changed.Should().Be(0);
    }

    private async Task<ReadModel> FilledAsync(string database, int firstEvents = 11)
    {
        var model = await databases.OpenAsync(database);
        await Task.WhenAll(Enumerable.Range(1, Reservations).Select(n => model.Writer.WriteAsync([.. Stories.Of(n).Take(firstEvents)])));
        return model;
    }

    // in two queries, which see the same all the same
    private static Task<(long Rows, long Old)> CountAsync(ReadModel model) => model.Database.ReadAsync(async connection =>
        (await connection.NumberAsync("SELECT COUNT(*) FROM Views"), await connection.NumberAsync("SELECT COUNT(*) FROM Views WHERE Region = 'old'")), default);

    private static async Task SpoilAsync(ReadModel model)
    {
        await model.ExecuteAsync($"UPDATE Views SET Cost = 1 WHERE ReservationId = '{Stories.Id(7)}'");
        await model.ExecuteAsync($"DELETE FROM Views WHERE ReservationId = '{Stories.Id(8)}'");
        await model.ExecuteAsync("INSERT INTO Views (ReservationId, ReservationStatus, Timeline) VALUES ('nobody', 'Held', '[]')");
    }
}
