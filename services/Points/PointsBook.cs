using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;
using Resort.Points.Domain;

namespace Resort.Points;

/// <summary>
/// Keeps the points and publishes what became of them. A call that comes again finds what it did and publishes again. An account may be busy, so
/// concurrent commands are read, decided and written in groups; etags keep several replicas right.
/// </summary>
public sealed partial class PointsBook(PointsStore store, EventPublisher events, TimeProvider clock, ILogger<PointsBook> logger)
{
    private readonly DecisionLane<Command, PointsPage, Award> lane = new(
        (group, cancel) => store.ReadAsync(group.Select(command => command.ReservationId), group.Select(command => command.Phone).OfType<string>(), cancel),
        (command, page) => command.Decide(page, clock.GetUtcNow()), store.TryWriteAsync, clock);

    public Task EarnAsync(PaymentPaid paid, CancellationToken cancel) => DecideAsync(
        new(paid.ReservationId, paid.Stay.Phone,
            (page, now) => PointsDecisions.Earn(page, paid.ReservationId, paid.Stay.Phone, paid.Cost, paid.CorrelationId, now)),
        entry => true, cancel);

    public Task RefundAsync(PaymentRefunded refunded, CancellationToken cancel) => DecideAsync(
        new(refunded.ReservationId, Phone: null, (page, now) => PointsDecisions.Refund(page, refunded.ReservationId, refunded.CorrelationId, now)),
        entry => entry is { Type: PointsType.Reversed, Attempt: null }, cancel);

    public Task<Award> ReverseAsync(PointsRequest request, string correlationId, CancellationToken cancel) => DecideAsync(
        new(request.ReservationId, Phone: null,
            (page, now) => PointsDecisions.Reverse(page, request.ReservationId, request.Attempt, correlationId, now)),
        entry => entry.Attempt == request.Attempt, cancel);

    public Task<Award> RestoreAsync(PointsRequest request, string correlationId, CancellationToken cancel) => DecideAsync(
        new(request.ReservationId, Phone: null,
            (page, now) => PointsDecisions.Restore(page, request.ReservationId, request.Attempt, correlationId, now)),
        entry => entry.Attempt == request.Attempt, cancel);

    private async Task<Award> DecideAsync(Command command, Func<LedgerEntry, bool> isOfThisCommand, CancellationToken cancel)
    {
        var award = await lane.AskAsync(command).WaitAsync(cancel);
        await Task.WhenAll(award.Entries.Where(isOfThisCommand).Select(entry => PublishAsync(entry, award.Phone!, cancel)));
        return award;
    }

    private Task PublishAsync(LedgerEntry entry, string phone, CancellationToken cancel)
    {
        Changed(logger, entry.ReservationId, entry.Type, entry.Delta, entry.CorrelationId);
        var stamp = new EventStamp(entry.ReservationId, entry.ReservationId, entry.CreateTime, entry.CorrelationId, entry.Attempt);
        return entry.Type switch
        {
            PointsType.Earned => events.PublishAsync(new PointsEarned { Phone = phone, Delta = entry.Delta, Balance = entry.Balance }, stamp, cancel),
            PointsType.Reversed => events.PublishAsync(new PointsReversed { Phone = phone, Delta = entry.Delta, Balance = entry.Balance }, stamp, cancel),
            _ => events.PublishAsync(new PointsRestored { Phone = phone, Delta = entry.Delta, Balance = entry.Balance }, stamp, cancel),
        };
    }

    // What is to be decided about a reservation's award; the phone is told where the award may not know it yet.
    private sealed record Command(string ReservationId, string? Phone, Func<PointsPage, DateTimeOffset, Award> Decide);

    [LoggerMessage(4000, LogLevel.Information, "Points of reservation {ReservationId} are {Type}: {Delta} ({CorrelationId})")]
    private static partial void Changed(ILogger logger, string reservationId, PointsType type, long delta, string correlationId);
}
