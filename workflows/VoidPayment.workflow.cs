using Dapr.Workflow;
using Resort.Contracts;
using Resort.Workflows.Activities;

namespace Resort.Workflows;

/// <summary>Sees to it that a payment whose outcome is unknown does not stand. The workflow id is <c>void-{reservationid}</c>.</summary>
public sealed class VoidPayment : Workflow<VoidOrder, PaymentResult>
{
    public override Task<PaymentResult> RunAsync(WorkflowContext context, VoidOrder input) =>
        context.CallActivityAsync<PaymentResult>(nameof(RefundPayment), input, Retries.UntilDone);
}
