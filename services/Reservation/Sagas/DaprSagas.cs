using System.Diagnostics;
using Dapr;
using Dapr.Workflow;
using Resort.Workflows;

namespace Resort.Reservation.Sagas;

public interface ISagas
{
    /// <summary>Returns when the saga is durable. One that runs already goes on.</summary>
    Task StartBookingAsync(BookingOrder order, CancellationToken cancel);

    /// <summary>How the saga of a reservation ended.</summary>
    Task<BookingOutcome> EndOfBookingAsync(string reservationId, CancellationToken cancel);

    /// <returns>What the saga was started with; null if there is none.</returns>
    Task<BookingOrder?> FindBookingAsync(string reservationId, CancellationToken cancel);

    Task CancelAsync(CancellationOrder order, CancellationToken cancel);

    /// <summary>Tells a running reservation that its cancellation takes over.</summary>
    Task TellCancelledAsync(string reservationId);

    /// <summary>Tells a reservation that its transfer has come.</summary>
    Task TellDepositedAsync(string reservationId);
}

/// <summary>The sagas, hosted by Dapr Workflow.</summary>
public sealed partial class DaprSagas(DaprWorkflowClient workflows, ILogger<DaprSagas> logger) : ISagas
{
    public Task StartBookingAsync(BookingOrder order, CancellationToken cancel) =>
        StartAsync(nameof(ReservationSaga), order.ReservationId, order with { TraceParent = Activity.Current?.Id }, state => state.Exists, cancel);

    public async Task<BookingOutcome> EndOfBookingAsync(string reservationId, CancellationToken cancel)
    {
        var state = await workflows.WaitForWorkflowCompletionAsync(reservationId, cancellation: cancel);
        return state.ReadOutputAs<BookingOutcome>()
            ?? throw new InvalidOperationException($"The saga of reservation {reservationId} is {state.RuntimeStatus}: {state.FailureDetails}");
    }

    public async Task<BookingOrder?> FindBookingAsync(string reservationId, CancellationToken cancel)
    {
        var state = await StateAsync(reservationId, withInput: true, cancel);
        return state.Exists ? state.ReadInputAs<BookingOrder>() : null;
    }

    public Task CancelAsync(CancellationOrder order, CancellationToken cancel) =>
        StartAsync(nameof(CancellationSaga), CancellationSaga.InstanceId(order.ReservationId), order with { TraceParent = Activity.Current?.Id },
            state => state is { Exists: true, IsWorkflowCompleted: false }, cancel);

    public async Task TellCancelledAsync(string reservationId)
    {
        try
        {
            await workflows.RaiseEventAsync(reservationId, ReservationSaga.CancelRequested);
        }
        catch (Exception exception)
        {
            // it may be over, or be purged; if it runs unaware, it finds Cancelling when it wants to sell
            NotTold(logger, reservationId, exception.Message);
        }
    }

    public Task TellDepositedAsync(string reservationId) => Translate($"The saga of reservation {reservationId} was not told of its deposit.", async () =>
    {
        await workflows.RaiseEventAsync(reservationId, ReservationSaga.DepositReceived);
        return reservationId;
    });

    private async Task StartAsync(string workflow, string id, object input, Predicate<WorkflowState> isStarted, CancellationToken cancel)
    {
        try
        {
            await Translate($"{workflow} {id} was not started.",
                () => workflows.ScheduleNewWorkflowAsync(workflow, id, input, startTime: (DateTimeOffset?)null, cancel));
        }
        catch (DaprException)
        {
            // refused because it is there already: then there is nothing to start
            if (!isStarted(await StateAsync(id, withInput: false, cancel)))
                throw;
        }
    }

    private Task<WorkflowState> StateAsync(string id, bool withInput, CancellationToken cancel) =>
        Translate($"It is not known how {id} stands.", () => workflows.GetWorkflowStateAsync(id, withInput, cancel));

    // The official client throws gRPC's exceptions, which are not part of our subset.
    private static async Task<T> Translate<T>(string failure, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new DaprException(failure, exception);
        }
    }

    [LoggerMessage(1200, LogLevel.Information, "The saga of reservation {ReservationId} could not be told of its cancellation: {Reason}")]
    private static partial void NotTold(ILogger logger, string reservationId, string reason);
}
