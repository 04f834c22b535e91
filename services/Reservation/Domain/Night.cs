using Resort.Contracts;

namespace Resort.Reservation.Domain;

/// <summary>One night in one resort.</summary>
public readonly record struct Night(string ResortId, DateOnly Date)
{
    public static IReadOnlyList<Night> Of(Stay stay) => Of(stay.ResortId, stay.Date, stay.Nights);

    public static IReadOnlyList<Night> Of(string resortId, DateOnly date, int nights) =>
        [.. Enumerable.Range(0, nights).Select(n => new Night(resortId, date.AddDays(n)))];
}
