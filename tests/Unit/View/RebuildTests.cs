using Microsoft.EntityFrameworkCore;

namespace Resort.Tests.Unit.View;

public class RebuildTests
{
    private const int Reservations = 700; // several batches

    [Fact]
    public async Task Rows_that_are_wrong_missing_or_nobodys_are_put_right_and_a_second_rebuild_changes_nothing()
    {
        using var model = await FilledAsync();
        var expected = model.Rows();
        await SpoilAsync(model);
        model.Rows().Should().NotEqual(expected);

        (await model.Rebuild.RunAsync()).Should().Be(new Resort.View.Projections.RebuildCounts(Reservations, Reservations * 11, Changed: 3));
        model.Rows().Should().Equal(expected);

        (await model.Rebuild.RunAsync()).Changed.Should().Be(0);
    }

    [Fact]
    public async Task Reads_go_on_and_see_all_the_old_rows_or_all_the_new_ones()
    {
        using var model = await FilledAsync();
        using (var db = model.Databases.CreateDbContext())
            await db.Database.ExecuteSqlRawAsync("UPDATE Views SET Region = 'old'");

        var rebuild = model.Rebuild.RunAsync();
        var seen = new HashSet<(int Rows, int Old)>();
        do
            seen.Add(model.Reader.Read(db => (db.Views.Count(), db.Views.Count(view => view.Region == "old"))));
        while (!rebuild.IsCompleted);
        seen.Add(model.Reader.Read(db => (db.Views.Count(), db.Views.Count(view => view.Region == "old"))));

        seen.Should().BeSubsetOf([(Reservations, Reservations), (Reservations, 0)]).And.Contain((Reservations, 0));
    }

    [Fact]
    public async Task Events_that_arrive_meanwhile_are_in_the_rows_and_two_rebuilds_at_once_are_one()
    {
        using var model = await FilledAsync(firstEvents: 4);
        using var whole = await FilledAsync();

        var first = model.Rebuild.RunAsync();
        var second = model.Rebuild.RunAsync();
        var late = Enumerable.Range(1, Reservations).Select(n => model.Writer.WriteAsync([.. ReadModel.Story(n).Skip(4)])).ToList();
        await Task.WhenAll(late);

        (await second).Should().BeSameAs(await first);
        model.Rows().Should().Equal(whole.Rows());
        (await model.Rebuild.RunAsync()).Changed.Should().Be(0);
    }

    private static async Task<ReadModel> FilledAsync(int firstEvents = 11)
    {
        var model = new ReadModel();
        await Task.WhenAll(Enumerable.Range(1, Reservations).Select(n => model.Writer.WriteAsync([.. ReadModel.Story(n).Take(firstEvents)])));
        return model;
    }

    private static async Task SpoilAsync(ReadModel model)
    {
        using var db = model.Databases.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync($"UPDATE Views SET Cost = 1 WHERE ReservationId = '{Orders.Id(7)}'");
        await db.Database.ExecuteSqlRawAsync($"DELETE FROM Views WHERE ReservationId = '{Orders.Id(8)}'");
        await db.Database.ExecuteSqlRawAsync($"INSERT INTO Views (ReservationId, ReservationStatus, Timeline) VALUES ('nobody', 'Held', '[]')");
    }
}
