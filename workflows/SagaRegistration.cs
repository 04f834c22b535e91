using Dapr.Workflow;
using Resort.Workflows.Activities;

namespace Resort.Workflows;

public static class SagaRegistration
{
    /// <summary>All workflows and activities of the sagas. The host brings the ports.</summary>
    public static void RegisterSagas(this WorkflowRuntimeOptions options)
    {
        options.RegisterWorkflow<ReservationSaga>();
        options.RegisterWorkflow<CancellationSaga>();
        options.RegisterWorkflow<VoidPayment>();
        options.RegisterActivity<HoldRooms>();
        options.RegisterActivity<ChargePayment>();
        options.RegisterActivity<RequestDeposit>();
        options.RegisterActivity<AwaitDeposit>();
        options.RegisterActivity<CloseDeposit>();
        options.RegisterActivity<SellRooms>();
        options.RegisterActivity<RejectReservation>();
        options.RegisterActivity<BeginCancellation>();
        options.RegisterActivity<ReversePoints>();
        options.RegisterActivity<RestorePoints>();
        options.RegisterActivity<CancelTicket>();
        options.RegisterActivity<RefundPayment>();
        options.RegisterActivity<RefuseCancellation>();
        options.RegisterActivity<FinishCancellation>();
    }
}
