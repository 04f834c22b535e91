using Dapr.Workflow;
using NSubstitute;
using Resort.Contracts;
using Resort.Workflows;
using Resort.Workflows.Activities;

namespace Resort.Tests.Unit.Workflows;

internal enum Fault { Before, After }

/// <summary>
/// Runs the sagas on a substituted workflow context: activities and their retries as the policy says, without waiting. A step can be
/// made to fail before or after its effect, some times or for ever.
/// </summary>
internal sealed class SagaHost
{
    private readonly SagaWorld world;
    private readonly WorkflowContext context = Substitute.For<WorkflowContext>();
    private readonly Dictionary<string, (Fault When, int Times)> faults = [];
    private readonly List<Func<Task>> children = [];

    public SagaHost(SagaWorld world)
    {
        this.world = world;
        context.IsPatched(Arg.Any<string>()).Returns(_ => !BegunByVersion1);
        Activities<BookingOutcome>();
        Activities<PaymentResult>();
        Activities<TicketResult>();
        Activities<CancellationBegun>();
        Activities<PointsResult>();
        context.CallChildWorkflowAsync<PaymentResult>(nameof(VoidPayment), Arg.Any<object?>(), Arg.Any<ChildWorkflowTaskOptions?>()).Returns(call =>
        {
            var order = call.Arg<VoidOrder>();
            children.Add(() => new VoidPayment().RunAsync(context, order));
            return new TaskCompletionSource<PaymentResult>().Task; // nobody waits for it
        });
        context.WaitForExternalEventAsync<object?>(ReservationSaga.CancelRequested, Arg.Any<CancellationToken>()).Returns(_ => CancelRequested.Task);
        context.WaitForExternalEventAsync<object?>(ReservationSaga.DepositReceived, Arg.Any<CancellationToken>()).Returns(_ => DepositReceived.Task);
        context.CreateTimer(Arg.Any<DateTime>(), Arg.Any<CancellationToken>()).Returns(call => TimerAsync(call.Arg<DateTime>()));
    }

    /// <summary>The cancellation has begun before points came first and attempts were numbered.</summary>
    public bool BegunByVersion1 { get; set; }

    public List<string> Steps { get; } = [];

    public TaskCompletionSource<object?> CancelRequested { get; } = new();

    public TaskCompletionSource<object?> DepositReceived { get; } = new();

    /// <summary>Runs while the saga waits on a timer, which fires afterwards.</summary>
    public Func<Task> BeforeTimer { get; set; } = () => Task.CompletedTask;

    /// <summary>Runs when the step is about to begin.</summary>
    public Dictionary<string, Func<Task>> Meanwhile { get; } = [];

    public void Fail(string step, Fault when, int times) => faults[step] = (when, times);

    public async Task<BookingOutcome> BookAsync(BookingOrder order)
    {
        var outcome = await new ReservationSaga().RunAsync(context, order);
        foreach (var child in children)
            await child();
        return outcome;
    }

    public Task<BookingOutcome> CancelAsync(BookingOrder order) =>
        new CancellationSaga().RunAsync(context, new(order.ReservationId, order.Stay, order.CorrelationId));

    private async Task TimerAsync(DateTime fireAt)
    {
        await BeforeTimer();
        world.Clock.Advance(fireAt - world.Clock.GetUtcNow().UtcDateTime);
    }

    private void Activities<TResult>() =>
        context.CallActivityAsync<TResult>(Arg.Any<string>(), Arg.Any<object?>(), Arg.Any<WorkflowTaskOptions?>())
            .Returns(call => CallAsync<TResult>(call.ArgAt<string>(0), call.ArgAt<object?>(1), call.ArgAt<WorkflowTaskOptions?>(2)));

    private async Task<TResult> CallAsync<TResult>(string step, object? input, WorkflowTaskOptions? options)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (TResult)(await RunAsync(step, input))!;
            }
            catch (Exception fault) when (fault is not WorkflowTaskFailedException)
            {
                if (attempt >= (options?.RetryPolicy?.MaxNumberOfAttempts ?? 1))
                    throw new WorkflowTaskFailedException(fault.Message, new(fault.GetType().FullName!, fault.Message));
            }
        }
    }

    private async Task<object?> RunAsync(string step, object? input)
    {
        Steps.Add(step);
        if (Meanwhile.Remove(step, out var meanwhile))
            await meanwhile();
        ThrowIf(step, Fault.Before);
        var result = await ActAsync(step, input!);
        ThrowIf(step, Fault.After);
        return result;
    }

    private void ThrowIf(string step, Fault when)
    {
        if (!faults.TryGetValue(step, out var fault) || fault.When != when || fault.Times == 0)
            return;
        faults[step] = (when, fault.Times - 1);
        throw new IOException($"{step} failed {when.ToString().ToLowerInvariant()} its effect");
    }

    private async Task<object?> ActAsync(string step, object input) => step switch
    {
        nameof(HoldRooms) => await new HoldRooms(world.Bookings).RunAsync(null!, (BookingOrder)input),
        nameof(ChargePayment) => await new ChargePayment(world).RunAsync(null!, (BookingOrder)input),
        nameof(RequestDeposit) => await new RequestDeposit(world).RunAsync(null!, (DepositOrder)input),
        nameof(AwaitDeposit) => await new AwaitDeposit(world.Bookings).RunAsync(null!, (BookingOrder)input),
        nameof(CloseDeposit) => await new CloseDeposit(world).RunAsync(null!, (BookingOrder)input),
        nameof(SellRooms) => await new SellRooms(world.Bookings).RunAsync(null!, (BookingOrder)input),
        nameof(RejectReservation) => await new RejectReservation(world.Bookings).RunAsync(null!, (Rejection)input),
        nameof(BeginCancellation) => await new BeginCancellation(world.Bookings).RunAsync(null!, (CancellationOrder)input) is var begun && BegunByVersion1
            ? begun with { Attempt = 0 }
            : begun,
        nameof(ReversePoints) => await new ReversePoints(world).RunAsync(null!, (CancellationOrder)input),
        nameof(RestorePoints) => await new RestorePoints(world).RunAsync(null!, (CancellationOrder)input),
        nameof(CancelTicket) => await new CancelTicket(world).RunAsync(null!, (CancellationOrder)input),
        nameof(RefundPayment) => await new RefundPayment(world).RunAsync(null!, (VoidOrder)input),
        nameof(RefuseCancellation) => await new RefuseCancellation(world.Bookings).RunAsync(null!, (CancellationOrder)input),
        nameof(FinishCancellation) => await new FinishCancellation(world.Bookings).RunAsync(null!, (CancellationOrder)input),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "There is no such activity."),
    };
}
