using System.Text;
using Resort.View.Database;
using Resort.View.DeadLetters;

namespace Resort.Tests.View;

/// <summary>The messages of one event come in any order, and more than once.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class DeadLetterDbTests(Databases databases) : IAsyncLifetime
{
    private static readonly DateTimeOffset now = Stories.Start;
    private static readonly DeadMessage dead = new("issue", "e", "payment-paid", "{}");

    private ReadModel model = null!;
    private DeadLetterDb db = null!;

    [Theory]
    [OnEach("dead", "1", "2", "3")]
    [OnEach("1", "2", "3", "dead")]
    [OnEach("3", "1", "dead", "2")]
    [OnEach("1", "1", "dead", "2", "2", "dead", "3", "2")]
    public async Task Failures_are_counted_once_each_and_the_last_reason_stays(string database, params string[] messages)
    {
        await OpenAsync(database);
        foreach (var message in messages)
            _ = message == "dead" ? await DieAsync() : await FailAsync(message);

        var (letter, attempts, reason) = (await ListAsync()).Should().ContainSingle().Subject;
        (attempts, reason, letter.Topic, letter.Status).Should().Be((3, "reason 3", "payment-paid", DeadLetterStatus.Dead));
    }

    [Theory, OnEach]
    public async Task What_only_failed_is_no_dead_letter_and_is_forgotten(string database)
    {
        await OpenAsync(database);
        await FailAsync("1");
        await DieAsync();
        await FailAsync("1", "handled-later");
        await FailAsync("5", "failing");
        await db.ForgetFailuresAsync(before: "3", default);

        (await ListAsync()).Should().ContainSingle().Which.Attempts.Should().Be(1);
        await using var connection = await model.Database.DeadLetters.OpenConnectionAsync();
        (await connection.ListAsync("SELECT EventId FROM Failures", row => row.GetString(0))).Should().BeEquivalentTo("e", "failing");
    }

    [Theory, OnEach]
    public async Task One_that_came_back_before_its_replay_was_marked_stays_dead(string database)
    {
        await OpenAsync(database);
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

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (model is not null)
            await model.DisposeAsync();
    }

    private async Task OpenAsync(string database)
    {
        model = await databases.OpenAsync(database);
        db = new(model.Database);
        await db.PrepareAsync();
    }

    private Task<List<ExplainedLetter>> ListAsync() => db.ListAsync(skip: 0, take: 10, default);

    private async Task<DeadLetter> SingleAsync() => (await ListAsync()).Should().ContainSingle().Subject.Letter;

    private Task<int> DieAsync(DateTimeOffset? at = null) => db.AddDeadAsync(Guid.CreateVersion7().ToString(), dead, at ?? now, default);

    private Task<int> FailAsync(string failureId, string eventId = "e") =>
        db.AddFailureAsync(new() { FailureId = failureId, App = "issue", EventId = eventId, Reason = $"reason {failureId}" }, default);
}
