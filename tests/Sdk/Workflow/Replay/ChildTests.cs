using Dapr.Workflow;

namespace Resort.Tests.Sdk.Workflow.Replay;

public class ChildTests
{
    [Fact]
    public void A_child_gets_its_input_and_gives_its_result()
    {
        var instance = ReplayedInstance.Of(context =>
            context.CallChildWorkflowAsync<int>("Refund", 5, new ChildWorkflowTaskOptions("refund-1")));

        var answer = instance.Start();
        answer.ShouldAsk("0 child Refund");
        var child = answer.Response.Actions[0].CreateChildWorkflow;
        (child.InstanceId, child.Input).Should().Be(("refund-1", "5"));
        instance.CompleteChild(0, "7").ShouldComplete("7");
    }

    [Fact]
    public void A_child_without_an_id_gets_the_next_guid()
    {
        Guid expected = default;
        var instance = ReplayedInstance.Of(async context =>
        {
            expected = context.NewGuid();
            await context.CallChildWorkflowAsync("Refund");
            return context.NewGuid();
        });

        var id = Guid.Parse(instance.Start().Response.Actions[0].CreateChildWorkflow.InstanceId);
        id.Should().NotBe(expected);
        instance.Turn();
        var last = Guid.Parse(instance.CompleteChild(0, "").End!.Result.Trim('"'));
        last.Should().NotBe(id);
    }

    [Fact]
    public void A_failed_child_throws_with_its_details()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            try
            {
                await context.CallChildWorkflowAsync("Refund");
                return "";
            }
            catch (WorkflowTaskFailedException failed)
            {
                return $"{failed.Message}: {failed.FailureDetails.ErrorMessage}";
            }
        });

        instance.Start();
        instance.FailChild(0, "no money").ShouldComplete("\"Child workflow \\u0027Refund\\u0027 failed: no money\"");
    }

    [Fact]
    public void A_terminated_child_has_failed()
    {
        var instance = ReplayedInstance.Of(context => context.CallChildWorkflowAsync<int>("Refund"));

        instance.Start();
        instance.FailChild(0, null).ShouldFail().ErrorMessage.Should().Contain("Refund");
    }
}
