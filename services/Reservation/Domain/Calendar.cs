namespace Resort.Reservation.Domain;

/// <summary>Which days can be booked.</summary>
public static class Calendar
{
    public const int DaysAhead = 730;
    private static readonly TimeSpan korea = TimeSpan.FromHours(9); // no summer time

    /// <summary>The day it is where the resorts are.</summary>
    public static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(korea).DateTime);
}
