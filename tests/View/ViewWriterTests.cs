using Resort.View.Projections;
using Xunit.Abstractions;

namespace Resort.Tests.View;

[Collection(DatabaseCollection.Name)]
public sealed class ViewWriterTests(Databases databases, ITestOutputHelper output)
{
    private const int Reservations = 12;
    private const int Rounds = 12;

    [Theory, OnEach]
    public async Task Any_order_any_duplication_and_any_grouping_of_deliveries_give_the_same_rows(string database)
    {
        var seed = Stories.Seed();
        output.WriteLine($"RESORT_SEED={seed}");
        var random = new Random(seed);
        var happened = Enumerable.Range(1, Reservations).SelectMany(n => Stories.Of(n).Take(random.Next(1, 12))).ToList();
        await using var inOrder = await databases.OpenAsync(database);
        foreach (var logged in happened)
            await inOrder.Writer.WriteAsync([logged]);
        var expected = await inOrder.RowsAsync();
        expected.Should().HaveCount(Reservations);

        for (var round = 0; round < Rounds; round++)
        {
            await using var shuffled = await databases.OpenAsync(database);
            await DeliverAsync(shuffled, happened, random);
            (await shuffled.RowsAsync()).Should().Equal(expected, $"in any order, RESORT_SEED={seed}, round {round}");
            (await LoggedAsync(shuffled)).Should().Be(happened.Count);
        }
    }

    [Theory, OnEach]
    public async Task What_cannot_be_written_is_not_acknowledged_and_harms_nothing_that_comes_later(string database)
    {
        await using var model = await databases.OpenAsync(database);
        var broken = new LoggedEvent { EventId = "x", ReservationId = Stories.Id(9), Name = "ReservationHeld", Data = "no JSON" };

        await FluentActions.Awaiting(() => model.Writer.WriteAsync([broken, .. Stories.Of(1)])).Should().ThrowAsync<System.Text.Json.JsonException>();
        (await LoggedAsync(model)).Should().Be(0);

        await model.Writer.WriteAsync(Stories.Of(1));
        (await model.RowsAsync()).Should().ContainSingle();
    }

    // Some come twice, some three times; in deliveries of one to nine, several of them at once, and rebuilds in between
    private static async Task DeliverAsync(ReadModel model, IReadOnlyList<LoggedEvent> happened, Random random)
    {
        LoggedEvent[] deliveries = [.. happened, .. happened.Where(_ => random.Next(2) == 0), .. happened.Where(_ => random.Next(4) == 0)];
        random.Shuffle(deliveries);
        var running = new List<Task>();
        for (var next = 0; next < deliveries.Length;)
        {
            var size = random.Next(1, 10);
            running.Add(model.Writer.WriteAsync([.. deliveries.Skip(next).Take(size)]));
            next += size;
            if (random.Next(10) == 0)
                running.Add(model.Rebuild.RunAsync());
            if (random.Next(3) == 0)
                await Task.WhenAll(running);
        }
        await Task.WhenAll(running);
    }

    private static Task<long> LoggedAsync(ReadModel model) => model.NumberAsync("SELECT COUNT(*) FROM Events");
}
