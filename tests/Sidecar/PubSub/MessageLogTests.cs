using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Resort.Sidecar.PubSub;
using Resort.Sidecar.PubSub.Durable;
using Resort.Sidecar.Storage;

namespace Resort.Tests.Sidecar.PubSub;

public sealed class MessageLogTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("log-");
    private readonly ShiftedClock clock = new();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_message_of_a_write_goes_out_with_its_commit_and_is_gone_with_its_failure()
    {
        await using var open = await OpenAsync("data.db");
        var got = new ConcurrentQueue<string>();
        await open.Log.JoinAsync("shop", Collect("t", got), 4);

        var failed = () => open.Database.WriteAsync(session =>
        {
            open.Log.Append(session, Text("t", "undone"));
            throw new InvalidOperationException("no");
        });
        await failed.Should().ThrowAsync<InvalidOperationException>();
        await open.Database.WriteAsync(session => open.Log.Append(session, Text("t", "done")));

        await Probe.UntilAsync("the message", () => !got.IsEmpty);
        got.Should().Equal("done");
    }

    [Fact]
    public async Task A_crash_loses_nothing_and_repeats_only_what_was_handled_last()
    {
        var second = new TaskCompletionSource();
        await using (var open = await OpenAsync("data.db"))
        {
            var got = new ConcurrentQueue<string>();
            await open.Log.JoinAsync("shop", Collect("t", got, message => message == "2" ? second.Task : Task.CompletedTask), 4);
            foreach (var n in Enumerable.Range(1, 20)) await open.Log.PublishAsync(Text("t", $"{n}"));
            await Probe.UntilAsync("all messages", () => got.Count == 19);
            await Probe.UntilAsync("progress on disk", () => Position(open.Database) == (20, "2"));
            await open.Database.WriteAsync(_ => CopyAsIfKilled()); // on the writer's thread: between two commits, as a kill would leave the files
            second.SetResult();
        }

        await using var again = await OpenAsync("copy.db");
        var repeated = new ConcurrentQueue<string>();
        await again.Log.JoinAsync("shop", Collect("t", repeated), 4);
        await again.Log.PublishAsync(Text("t", "21"));

        await Probe.UntilAsync("what is left", () => repeated.Count == 2);
        repeated.Order(StringComparer.Ordinal).Should().Equal("2", "21");
    }

    [Fact]
    public async Task What_all_groups_have_handled_is_deleted()
    {
        await using var open = await OpenAsync("data.db");
        await open.Log.JoinAsync("shop", Collect("t", []), 4);
        await open.Log.JoinAsync("other", Collect("t", []), 4);

        foreach (var n in Enumerable.Range(0, 100)) await open.Log.PublishAsync(Text("t", $"{n}"));
        await open.Log.PublishAsync(Text("nobody", "kept"));

        await Probe.UntilAsync("an empty topic", () => Count(open.Database) == 1);
    }

    [Fact]
    public async Task What_nobody_takes_is_kept_for_the_retention_only()
    {
        await using var open = await OpenAsync("data.db");
        open.Log.Keep(TimeSpan.FromDays(7));
        var release = new TaskCompletionSource();
        await open.Log.JoinAsync("slow", Collect("taken", [], _ => release.Task), 1);
        foreach (var topic in new[] { "nobody", "taken" }) await open.Log.PublishAsync(Text(topic, "old"));
        clock.Shift = TimeSpan.FromDays(6);
        await open.Log.PublishAsync(Text("nobody", "new"));
        await open.Log.SweepAsync();
        Count(open.Database).Should().Be(3);

        clock.Shift = TimeSpan.FromDays(8);
        await open.Log.SweepAsync();

        Count(open.Database).Should().Be(2, "the new one is young enough, and for the other a subscriber is there");
        release.SetResult();
    }

    [Fact]
    public async Task Positions_are_not_used_again_when_a_topic_was_emptied()
    {
        var got = new ConcurrentQueue<string>();
        await using (var open = await OpenAsync("data.db"))
        {
            await open.Log.JoinAsync("shop", Collect("t", got), 4);
            await open.Log.PublishAsync(Text("t", "1"));
            await Probe.UntilAsync("the message to be deleted", () => got.Count == 1 && Count(open.Database) == 0);
        }

        await using var again = await OpenAsync("data.db");
        await again.Log.JoinAsync("shop", Collect("t", got), 4);
        await again.Log.PublishAsync(Text("t", "2"));

        await Probe.UntilAsync("the message after the restart", () => got.Count == 2);
        got.Should().Equal("1", "2");
    }

    private static Message Text(string topic, string text) => new(topic, Encoding.UTF8.GetBytes(text), new Dictionary<string, string>());

    private static Consumer Collect(string topic, ConcurrentQueue<string> got, Func<string, Task>? wait = null) => new(topic, async batch =>
    {
        var text = Encoding.UTF8.GetString(batch.Messages[0].Data);
        if (wait is not null) await wait(text);
        got.Enqueue(text);
        batch.Settle(0, handled: true);
    });

    private static (long, string) Position(Database database) => database.Read(session => session.QueryFirst("SELECT position, open FROM consumers", row => (row.GetInt64(0), row.GetString(1))));

    private static long Count(Database database) => database.Read(session => session.QueryFirst("SELECT count(*) FROM messages", row => row.GetInt64(0)));

    private async Task<OpenLog> OpenAsync(string file)
    {
        var database = Database.Open(Path.Combine(folder.FullName, file));
        return new OpenLog(database, await MessageLog.OpenAsync(database, clock, NullLogger.Instance));
    }

    private void CopyAsIfKilled()
    {
        foreach (var suffix in new[] { "", "-wal" }) File.Copy(Path.Combine(folder.FullName, "data.db" + suffix), Path.Combine(folder.FullName, "copy.db" + suffix));
    }

    private sealed record OpenLog(Database Database, MessageLog Log) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Log.DisposeAsync();
            await Database.DisposeAsync();
        }
    }

    /// <summary>The system's clock, put forward.</summary>
    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
    }
}
