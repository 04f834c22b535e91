using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Resort.View.DeadLetters;

namespace Resort.Tests.Unit.View;

/// <summary>The messages of one event come in any order, and more than once.</summary>
public sealed class DeadLetterDbTests : IDisposable
{
    private static readonly DateTimeOffset now = new ManualClock().GetUtcNow();
    private static readonly DeadMessage dead = new("issue", "e", "payment-paid", "{}");

    private readonly SqliteConnection connection = new("Data Source=:memory:");
    private readonly DeadLetterDb db;

    public DeadLetterDbTests()
    {
        connection.Open();
        db = new(new DbContextOptionsBuilder<DeadLetterDb>().UseSqlite(connection).Options);
        db.Database.EnsureCreated();
    }

    public void Dispose()
    {
        db.Dispose();
        connection.Dispose();
    }

    [Theory]
    [InlineData("dead", "1", "2", "3")]
    [InlineData("1", "2", "3", "dead")]
    [InlineData("3", "1", "dead", "2")]
    [InlineData("1", "1", "dead", "2", "2", "dead", "3", "2")]
    public async Task Failures_are_counted_once_each_and_the_last_reason_stays(params string[] messages)
    {
        foreach (var message in messages)
            _ = message == "dead" ? await DieAsync() : await FailAsync(message);

        var (letter, attempts, reason) = (await ListAsync()).Should().ContainSingle().Subject;
        (attempts, reason, letter.Topic, letter.Status).Should().Be((3, "reason 3", "payment-paid", DeadLetterStatus.Dead));
    }

    [Fact]
    public async Task What_only_failed_is_no_dead_letter_and_is_forgotten()
    {
        await FailAsync("1");
        await DieAsync();
        await FailAsync("1", "handled-later");
        await FailAsync("5", "failing");
        await db.ForgetFailuresAsync(before: "3", default);

        (await ListAsync()).Should().ContainSingle().Which.Attempts.Should().Be(1);
        (await db.Failures.AsNoTracking().Select(failure => failure.EventId).ToListAsync()).Should().BeEquivalentTo("e", "failing");
    }

    [Fact]
    public async Task One_that_came_back_before_its_replay_was_marked_stays_dead()
    {
        await DieAsync();
        var read = await SingleAsync();
        await DieAsync(now.AddSeconds(1));

        await db.MarkReplayedAsync(read, now.AddSeconds(2), default);

        (await SingleAsync()).Status.Should().Be(DeadLetterStatus.Dead);
        await db.MarkReplayedAsync(await SingleAsync(), now.AddSeconds(3), default);
        (await SingleAsync()).Status.Should().Be(DeadLetterStatus.Replayed);
    }

    [Fact]
    public void A_message_is_kept_whatever_it_is()
    {
        DeadMessage.Read("issue", """{"id":"e","topic":"payment-paid"}"""u8.ToArray()).Should().Be(new DeadMessage("issue", "e", "payment-paid", """{"id":"e","topic":"payment-paid"}"""));
        DeadMessage.Read("issue", "[1]"u8.ToArray()).Should().Match<DeadMessage>(message => message.Topic == null && message.Message == "[1]" && message.EventId.StartsWith("sha256:"));
        DeadMessage.Read("issue", Encoding.UTF8.GetBytes("no \"JSON\"")).Message.Should().Be(@"""no \u0022JSON\u0022""");
    }

    private Task<List<ExplainedLetter>> ListAsync() => db.ListAsync(skip: 0, take: 10, default);

    private async Task<DeadLetter> SingleAsync() => (await ListAsync()).Should().ContainSingle().Subject.Letter;

    private Task<int> DieAsync(DateTimeOffset? at = null) => db.AddDeadAsync(Guid.CreateVersion7().ToString(), dead, at ?? now, default);

    private Task<int> FailAsync(string failureId, string eventId = "e") =>
        db.AddFailureAsync(new() { FailureId = failureId, App = "issue", EventId = eventId, Reason = $"reason {failureId}" }, default);
}
