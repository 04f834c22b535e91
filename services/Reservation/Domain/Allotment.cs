namespace Resort.Reservation.Domain;

/// <summary>Rooms kept for a reservation until it is paid, or until the time is over.</summary>
public sealed record Hold(string ReservationId, int Rooms, DateTimeOffset Until);

/// <summary>The rooms of one night. Sold plus held never exceeds the capacity, which staff has changed so many times.</summary>
public sealed record Allotment(int Capacity, int Sold, IReadOnlyList<Hold> Holds, int Changes = 0)
{
    public static Allotment Open(int capacity) => new(capacity, 0, []);

    /// <summary>An expired hold counts as free.</summary>
    public int Free(DateTimeOffset now) => Capacity - Sold - Held(now);

    public int Held(DateTimeOffset now) => Live(now).Sum(hold => hold.Rooms);

    /// <returns>Null when more is sold and held.</returns>
    public Allotment? Resize(int capacity, DateTimeOffset now) =>
        capacity < Sold + Held(now) ? null : this with { Capacity = capacity, Changes = Changes + 1 };

    /// <returns>Null when there are not enough rooms.</returns>
    public Allotment? Hold(string reservationId, int rooms, DateTimeOffset until, DateTimeOffset now) =>
        Free(now) < rooms ? null : this with { Holds = [.. Live(now), new(reservationId, rooms, until)] };

    /// <summary>Turns the hold into sold rooms, also an expired one if its rooms are still free.</summary>
    /// <returns>Null when the hold is over and the rooms are gone.</returns>
    public Allotment? Sell(string reservationId, int rooms, DateTimeOffset now)
    {
        var released = Release(reservationId, now);
        return released.Free(now) < rooms ? null : released with { Sold = Sold + rooms };
    }

    /// <summary>Without a hold nothing happens.</summary>
    public Allotment Release(string reservationId, DateTimeOffset now) =>
        this with { Holds = [.. Live(now).Where(hold => hold.ReservationId != reservationId)] };

    public Allotment TakeBack(int rooms) => this with { Sold = Sold - rooms };

    private IEnumerable<Hold> Live(DateTimeOffset now) => Holds.Where(hold => hold.Until > now);
}
