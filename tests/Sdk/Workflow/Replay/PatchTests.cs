using Dapr.Workflow;

namespace Resort.Tests.Sdk.Workflow.Replay;

public class PatchTests
{
    private static async Task<string> Patched(WorkflowContext context)
    {
        var before = context.IsPatched("one");
        await context.CallActivityAsync("A");
        return $"{before} {context.IsPatched("two")} {context.IsPatched("one")}";
    }

    [Fact]
    public void A_new_instance_takes_every_patch_and_reports_them_in_order()
    {
        var instance = ReplayedInstance.Of(Patched);

        instance.Start().Response.Version.Patches.Should().Equal("one");
        var end = instance.Complete(0, "");
        end.ShouldComplete("\"True True True\"");
        (end.Response.Version.Name, string.Join(",", end.Response.Version.Patches)).Should().Be(("Saga", "one,two"));
    }

    [Fact]
    public void An_old_instance_takes_only_patches_that_lie_ahead()
    {
        var instance = ReplayedInstance.Of(async context =>
        {
            await context.CallActivityAsync("A");
            return "";
        });
        instance.Start().Response.Version.Should().BeNull();

        var end = instance.Deploy(Patched).Complete(0, "");
        end.ShouldComplete("\"False True False\"");
        end.Response.Version.Patches.Should().Equal("two");
    }
}
