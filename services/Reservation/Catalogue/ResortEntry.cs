namespace Resort.Reservation.Catalogue;

/// <summary>A resort that can be booked. Rate: KRW per room and night.</summary>
public sealed record ResortEntry(string Id, string Region, string Resort, long Rate, int MaxPersonsPerRoom, int DefaultCapacity)
{
    public long Price(int rooms, int nights) => Rate * rooms * nights;
}
