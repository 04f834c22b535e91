using Dapr.DurableTask.Protobuf;
using Resort.Sidecar.Workflow.Workers;

namespace Resort.Tests.Sidecar.Workflow;

public class WorkQueueTests
{
    private readonly WorkQueue queue = new(maxTurns: 3, maxActivities: null);

    [Fact]
    public void Work_waits_for_a_worker_and_goes_out_in_order()
    {
        queue.Add(Activity("a", 1));
        queue.Add(Activity("b", 1));
        Given(queue.Connect()).Should().Equal("a", "b");
    }

    [Fact]
    public void Workers_share_the_work_evenly()
    {
        var (first, second) = (queue.Connect(), queue.Connect());
        for (var i = 0; i < 20; i++) queue.Add(Activity("a", i));
        Given(first).Should().HaveCount(10);
        Given(second).Should().HaveCount(10);
    }

    [Fact]
    public void A_worker_never_has_more_than_it_can_hold_and_slow_activities_leave_room_for_turns()
    {
        var worker = queue.Connect();
        for (var i = 0; i < 200; i++) queue.Add(Activity("a", i));
        queue.Add(Turn("t"));
        Given(worker).Should().HaveCount(76).And.EndWith("t");

        queue.Take(new WorkKey("a", 0), "");
        Given(worker).Should().ContainSingle("an answer makes room for one more");
    }

    [Fact]
    public void The_limit_of_the_configuration_holds_over_all_workers()
    {
        var (first, second) = (queue.Connect(), queue.Connect());
        for (var i = 0; i < 5; i++) queue.Add(Turn($"t{i}"));
        (Given(first).Count + Given(second).Count).Should().Be(3);
    }

    [Fact]
    public void What_a_lost_worker_had_goes_out_again_before_the_rest()
    {
        var lost = queue.Connect();
        queue.Add(Turn("t0"));
        queue.Add(Turn("t1"));
        queue.Disconnect(lost);
        queue.Add(Turn("t2"));
        Given(queue.Connect()).Should().BeEquivalentTo("t0", "t1", "t2").And.EndWith("t2");
    }

    [Fact]
    public void An_answer_of_a_lost_worker_still_counts()
    {
        queue.Add(Turn("t"));
        queue.Disconnect(queue.Connect());
        queue.Take(new WorkKey("t", null), "").Should().NotBeNull();
        Given(queue.Connect()).Should().BeEmpty();
    }

    [Fact]
    public void An_answer_to_nothing_or_a_second_answer_finds_nothing()
    {
        queue.Connect();
        queue.Add(Activity("a", 1));
        queue.Take(new WorkKey("a", 2), "").Should().BeNull();
        queue.Take(new WorkKey("a", 1), "never given out").Should().NotBeNull();
        queue.Take(new WorkKey("a", 1), "").Should().BeNull();
    }

    [Fact]
    public void Of_two_items_with_one_key_the_token_tells_which_was_answered_and_without_one_the_oldest()
    {
        queue.Connect();
        var (older, newer, newest) = (Activity("a", 1), Activity("a", 1), Activity("a", 1));
        foreach (var item in new[] { older, newer, newest }) queue.Add(item);

        older.Token.Should().BeEmpty("Dapr sends none");
        queue.Take(older.Key, newer.Token).Should().BeSameAs(newer);
        queue.Take(older.Key, "").Should().BeSameAs(older);
        queue.Take(older.Key, "").Should().BeSameAs(newest);
    }

    [Fact]
    public void Withdrawn_work_is_not_handed_out()
    {
        var item = Turn("t");
        queue.Add(item);
        queue.Withdraw(item);
        Given(queue.Connect()).Should().BeEmpty();
    }

    private static ActivityItem Activity(string instance, int id) => new(instance, 1, id, new TaskScheduledEvent { Name = "A" });

    private static TurnItem Turn(string instance) => new(instance, 1, [], []);

    private static List<string> Given(Worker worker)
    {
        List<string> given = [];
        while (worker.Items.TryRead(out var item)) given.Add(item.Key.InstanceId);
        return given;
    }
}
