using System.Diagnostics;
using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.View.Projections;
using Xunit.Abstractions;

namespace Resort.Tests.View;

public class ViewGateTests(ITestOutputHelper output)
{
    private static readonly TimeSpan enough = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan pace = TimeSpan.FromMilliseconds(20);

    /// <summary>How long calls take says little on a machine that is busy. That SQLite sleeps, for a whole second, is what the system knows.</summary>
    [Fact]
    public async Task Reads_writes_and_checkpoints_that_meet_never_make_SQLite_sleep()
    {
        await using var model = await ReadModel.OpenAsync(inMemory: true); // the faster they are, the more often they meet
        using var stop = new CancellationTokenSource(enough);
        var n = 0;
        var work = Enumerable.Range(0, 6).Select(_ => OnItsOwnThread(() => model.Queries.PageAsync("TRUE", null, [], new(0, 1), default).GetAwaiter().GetResult(), stop.Token))
            .Concat(Enumerable.Range(0, 6).Select(_ => OnItsOwnThread(() => model.Writer.WriteAsync([Event(Interlocked.Increment(ref n))]).GetAwaiter().GetResult(), stop.Token)))
            .ToList();

        var longest = await LongestSleepAsync(Task.WhenAll(work));

        output.WriteLine($"{n} writes, {work.Take(6).Sum(reader => reader.Result)} reads; the longest sleep was {longest.TotalMilliseconds:0} ms");
        longest.Should().BeLessThan(TimeSpan.FromSeconds(0.5));
        new FileInfo(model.File + "-wal").Length.Should().BeLessThan(40 << 20, "it is copied into the file every 16 MB, also while there are readers");
    }

    private static Task<int> OnItsOwnThread(Action act, CancellationToken stop) => Task.Factory.StartNew(() =>
    {
        var times = 0;
        for (; !stop.IsCancellationRequested; times++)
            act();
        return times;
    }, TaskCreationOptions.LongRunning);

    // .NET waits in other ways, so a thread in the system's sleep is one that SQLite has sent there
    private static async Task<TimeSpan> LongestSleepAsync(Task work)
    {
        var asleepSince = new Dictionary<string, TimeSpan>();
        var (longest, watch) = (TimeSpan.Zero, Stopwatch.StartNew());
        using var timer = new PeriodicTimer(pace);
        while (!work.IsCompleted && await timer.WaitForNextTickAsync())
        {
            var asleep = Directory.Exists("/proc/self/task") ? Directory.GetDirectories("/proc/self/task").Where(IsAsleep).ToHashSet() : [];
            foreach (var awake in asleepSince.Keys.Except(asleep).ToList())
                asleepSince.Remove(awake);
            foreach (var thread in asleep.Where(thread => !asleepSince.TryAdd(thread, watch.Elapsed)))
                longest = watch.Elapsed - asleepSince[thread] > longest ? watch.Elapsed - asleepSince[thread] : longest;
        }
        await work;
        return longest;
    }

    private static bool IsAsleep(string thread)
    {
        try
        {
            return File.ReadAllText($"{thread}/wchan") == "hrtimer_nanosleep";
        }
        catch (IOException)
        {
            return false; // it has ended
        }
    }

    private static LoggedEvent Event(int n) => Stories.Event(n, 0, new ReservationHeld { Stay = Stories.Stay, Cost = 1, PaymentType = PaymentType.Card });
}
