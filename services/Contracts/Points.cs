namespace Resort.Contracts;

/// <summary>
/// Reservation asks Points to take back what a reservation has earned or will earn, or to undo that. Attempts count from 1; a call of one that
/// is over changes nothing.
/// </summary>
public sealed record PointsRequest(string ReservationId, int Attempt);

/// <summary>What the reservation is worth in points now.</summary>
public sealed record PointsResult(long Points);
