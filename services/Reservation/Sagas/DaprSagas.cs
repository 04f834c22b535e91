using System.Diagnostics;
using Dapr;
using Dapr.Workflow;
using Resort.Workflows;

namespace Resort.Reservation.Sagas;

public interface ISagas
{
    /// <returns>Null when the saga goes on longer than a customer should wait.</returns>
    Task<BookingOutcome?> BookAsync(BookingOrder order, TimeSpan patience, CancellationToken cancel);

    Task CancelAsync(CancellationOrder order, CancellationToken cancel);

    /// <summary>Tells a running reservation that its cancellation takes over.</summary>
    Task TellCancelledAsync(string reservationId);
}

/// <summary>The sagas, hosted by Dapr Workflow.</summary>
public sealed partial class DaprSagas(DaprWorkflowClient workflows, ILogger<DaprSagas> logger) : ISagas
{
    public async Task<BookingOutcome?> BookAsync(BookingOrder order, TimeSpan patience, CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(patience);
        await StartAsync(nameof(ReservationSaga), order.ReservationId, order with { TraceParent = Activity.Current?.Id }, deadline.Token);
        try
        {
            var state = await workflows.WaitForWorkflowCompletionAsync(order.ReservationId, cancellation: deadline.Token);
            return state.ReadOutputAs<BookingOutcome>()
                ?? throw new InvalidOperationException($"The saga of reservation {order.ReservationId} is {state.RuntimeStatus}: {state.FailureDetails}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    public async Task CancelAsync(CancellationOrder order, CancellationToken cancel)
    {
        var id = CancellationSaga.InstanceId(order.ReservationId);
        try
        {
            await StartAsync(nameof(CancellationSaga), id, order with { TraceParent = Activity.Current?.Id }, cancel);
        }
        catch (DaprException)
        {
            // refused because it runs already: then there is nothing to start
            var state = await workflows.GetWorkflowStateAsync(id, getInputsAndOutputs: false, cancel);
            if (!state.Exists || state.IsWorkflowCompleted)
                throw;
        }
    }

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

    // The official client throws gRPC's exceptions, which are not part of our subset.
    private async Task StartAsync(string workflow, string id, object input, CancellationToken cancel)
    {
        try
        {
            await workflows.ScheduleNewWorkflowAsync(workflow, id, input, startTime: (DateTimeOffset?)null, cancel);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new DaprException($"{workflow} {id} was not started.", exception);
        }
    }

    [LoggerMessage(1200, LogLevel.Information, "The saga of reservation {ReservationId} could not be told of its cancellation: {Reason}")]
    private static partial void NotTold(ILogger logger, string reservationId, string reason);
}
