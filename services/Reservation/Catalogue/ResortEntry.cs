namespace Resort.Reservation.Catalogue;

/// <summary>A resort that can be booked. Rate: KRW per room and night.</summary>
public sealed record ResortEntry(string Id, string Region, string Resort, long Rate, int MaxPersonsPerRoom, int DefaultCapacity)
{
    private const int LongestId = 64;

    /// <summary>Lower-case letters, digits and dashes.</summary>
    public static bool IsId(string text) =>
        text.Length is > 0 and <= LongestId && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-');

    public long Price(int rooms, int nights) => Rate * rooms * nights;
}
