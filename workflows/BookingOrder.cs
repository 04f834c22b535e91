using System.Text.Json.Serialization;
using Resort.Contracts;
using Resort.Workflows.Activities;

namespace Resort.Workflows;

/// <summary>What the customer ordered and what it costs: the input of <see cref="ReservationSaga"/>.</summary>
public sealed record BookingOrder : IRequested
{
    public required string ReservationId { get; init; }
    public required Stay Stay { get; init; }
    public required long Cost { get; init; }
    public required PaymentType PaymentType { get; init; }
    public string? CardToken { get; init; }
    public required string CorrelationId { get; init; }
    public string? TraceParent { get; init; }
}

/// <summary>How the reservation stands after a step. Outcomes are data: only faults are exceptions. Recorded histories hold it: fields are only added.</summary>
public sealed record BookingOutcome(
    ReservationStatus Status,
    RejectionReason? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? DepositDeadline = null);

/// <summary>A transfer to be awaited, and until when.</summary>
public sealed record DepositOrder(BookingOrder Order, DateTimeOffset Deadline) : IRequested
{
    [JsonIgnore]
    public string? TraceParent => Order.TraceParent;
}

/// <summary>A reservation to be rejected, and why.</summary>
public sealed record Rejection(BookingOrder Order, RejectionReason Reason) : IRequested
{
    [JsonIgnore]
    public string? TraceParent => Order.TraceParent;
}

/// <summary>A reservation to be cancelled: the input of <see cref="CancellationSaga"/>.</summary>
/// <param name="ReservationId">Which reservation.</param>
/// <param name="Stay">What was reserved.</param>
/// <param name="CorrelationId">Of the request.</param>
/// <param name="Attempt">Attempts count from 1, because one that was refused may be followed by another; known once it has begun.</param>
/// <param name="TraceParent">Of the request.</param>
public sealed record CancellationOrder(string ReservationId, Stay Stay, string CorrelationId, int Attempt = 0, string? TraceParent = null) : IRequested;

/// <summary>How the reservation stands when its cancellation begins, and which attempt it is. Recorded histories hold it: fields are only added.</summary>
public sealed record CancellationBegun(ReservationStatus Status, RejectionReason? Reason = null, int Attempt = 0);

/// <summary>A payment that must not stand: the input of <see cref="VoidPayment"/>.</summary>
public sealed record VoidOrder(string ReservationId, string CorrelationId, string? TraceParent) : IRequested;
