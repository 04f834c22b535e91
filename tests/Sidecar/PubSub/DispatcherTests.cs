using Resort.Sidecar.PubSub;

namespace Resort.Tests.Sidecar.PubSub;

/// <summary>What brokers at servers hand out.</summary>
public sealed class DispatcherTests
{
    [Fact]
    public async Task What_was_not_begun_at_the_end_is_given_back_also_what_was_being_gathered()
    {
        using var ending = new CancellationTokenSource();
        var settled = new List<string>();
        var release = new TaskCompletionSource();
        var dispatcher = new Dispatcher(
            new Consumer("t", _ => release.Task) { IsBulk = true, MaxMessages = 2, MaxWait = TimeSpan.FromHours(1) }, depth: 10, new Slots(2), (id, _) => settled.Add(id), TimeProvider.System);
        var running = dispatcher.RunAsync(ending.Token);
        for (var n = 1; n <= 3; n++) await dispatcher.AddAsync(new HandedOut($"{n}", new Message("t", [], new Dictionary<string, string>())), CancellationToken.None);

        await ending.CancelAsync();
        var end = () => running;
        await end.Should().ThrowAsync<OperationCanceledException>();
        release.SetResult();

        var rest = dispatcher.TakeRest().Select(message => message.Id).ToList();
        settled.Concat(rest).Order().Should().Equal("1", "2", "3");
        rest.Should().Contain("3");
    }

    [Fact]
    public async Task What_is_repeated_makes_room_for_the_next()
    {
        using var ending = new CancellationTokenSource();
        var (begun, release) = (new List<string>(), new TaskCompletionSource());
        var dispatcher = new Dispatcher(new Consumer("t", HandleAsync), depth: 10, new Slots(1), (_, _) => { }, TimeProvider.System);
        _ = dispatcher.RunAsync(ending.Token);

        for (var n = 1; n <= 3; n++) await dispatcher.AddAsync(new HandedOut($"{n}", new Message($"{n}", [], new Dictionary<string, string>())), CancellationToken.None);

        await Probe.UntilAsync("all to begin", () => { lock (begun) return begun.Count == 3; });
        release.SetResult();
        await ending.CancelAsync();

        async Task HandleAsync(IBatch batch)
        {
            lock (begun) begun.Add(batch.Messages[0].Topic);
            batch.Answered();
            await release.Task;
        }
    }
}
