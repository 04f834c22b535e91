using Resort.Contracts;

namespace Resort.Points.Domain;

/// <summary>
/// What may happen to the points of a reservation. Pure: decided on a page, written by whoever brought it. Each may come again, late, or before
/// what it is about; the ledger has a line exactly where an award begins or ceases to stand.
/// </summary>
public static class PointsDecisions
{
    private const int WonPerPoint = 10;

    /// <summary>10 % of the cost, once per reservation.</summary>
    public static Award Earn(PointsPage page, string reservationId, string phone, long cost, string correlationId, DateTimeOffset now)
    {
        var award = page.Award(reservationId);
        if (award.Points is not null)
            return award;
        award = award with { Phone = phone, Points = cost / WonPerPoint };
        var earned = Post(page, award, PointsType.Earned, attempt: null, correlationId, now);
        return Put(page, award.Stands
            ? earned
            : Post(page, earned, PointsType.Reversed, award.Refunded ? null : award.Reversed, correlationId, now)); // the reversal was faster
    }

    /// <summary>A cancellation takes them back. A call that comes after its own undo is too late.</summary>
    public static Award Reverse(PointsPage page, string reservationId, int attempt, string correlationId, DateTimeOffset now)
    {
        var award = page.Award(reservationId);
        return attempt <= Math.Max(award.Reversed, award.Restored)
            ? award
            : Become(page, award, award with { Reversed = attempt }, PointsType.Reversed, attempt, correlationId, now);
    }

    /// <summary>The cancellation was refused.</summary>
    public static Award Restore(PointsPage page, string reservationId, int attempt, string correlationId, DateTimeOffset now)
    {
        var award = page.Award(reservationId);
        return attempt <= award.Restored
            ? award
            : Become(page, award, award with { Restored = attempt }, PointsType.Restored, attempt, correlationId, now);
    }

    /// <summary>The money went back, with or without a cancellation.</summary>
    public static Award Refund(PointsPage page, string reservationId, string correlationId, DateTimeOffset now)
    {
        var award = page.Award(reservationId);
        return award.Refunded ? award : Become(page, award, award with { Refunded = true }, PointsType.Reversed, attempt: null, correlationId, now);
    }

    private static Award Become(
        PointsPage page, Award before, Award after, PointsType type, int? attempt, string correlationId, DateTimeOffset now) =>
        Put(page, before.Stands == after.Stands ? after : Post(page, after, type, attempt, correlationId, now));

    private static Award Post(PointsPage page, Award award, PointsType type, int? attempt, string correlationId, DateTimeOffset now)
    {
        var account = page.Account(award.Phone!);
        var delta = type is PointsType.Reversed ? -award.Points!.Value : award.Points!.Value;
        var entry = new LedgerEntry
        {
            Number = account.Entries,
            ReservationId = award.ReservationId,
            Type = type,
            Attempt = attempt,
            Delta = delta,
            Balance = account.Balance + delta,
            CreateTime = now,
            CorrelationId = correlationId,
        };
        page.Add(award.Phone!, entry);
        return award with { Entries = [.. award.Entries, entry] };
    }

    private static Award Put(PointsPage page, Award award)
    {
        page.Put(award);
        return award;
    }
}
