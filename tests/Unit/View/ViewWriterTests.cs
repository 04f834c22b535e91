using Resort.View.Projections;
using Xunit.Abstractions;

namespace Resort.Tests.Unit.View;

public class ViewWriterTests(ITestOutputHelper output)
{
    private const int Reservations = 12;
    private const int Rounds = 12;

    [Fact]
    public async Task Any_order_any_duplication_and_any_grouping_of_deliveries_give_the_same_rows()
    {
        var seed = ReadModel.Seed();
        output.WriteLine($"RESORT_SEED={seed}");
        var random = new Random(seed);
        var happened = Enumerable.Range(1, Reservations).SelectMany(n => ReadModel.Story(n).Take(random.Next(1, 12))).ToList();
        using var inOrder = new ReadModel();
        foreach (var logged in happened)
            await inOrder.Writer.WriteAsync([logged]);
        var expected = inOrder.Rows();
        expected.Should().HaveCount(Reservations);

        for (var round = 0; round < Rounds; round++)
        {
            using var shuffled = new ReadModel();
            await DeliverAsync(shuffled, happened, random);
            shuffled.Rows().Should().Equal(expected, $"in any order, RESORT_SEED={seed}, round {round}");
            shuffled.Logged().Should().Be(happened.Count);
        }
    }

    [Fact]
    public async Task What_cannot_be_written_is_not_acknowledged_and_harms_nothing_that_comes_later()
    {
        using var model = new ReadModel();
        var broken = new LoggedEvent { EventId = "x", ReservationId = Orders.Id(9), Name = "ReservationHeld", Data = "no JSON" };

        await FluentActions.Awaiting(() => model.Writer.WriteAsync([broken, .. ReadModel.Story(1)])).Should().ThrowAsync<System.Text.Json.JsonException>();
        model.Logged().Should().Be(0);

        await model.Writer.WriteAsync(ReadModel.Story(1));
        model.Rows().Should().ContainSingle();
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
}
