namespace Resort.Reservation.Neighbours;

/// <summary>
/// What this process knows of the circuit breaker before charges. While it is open, a booking would hold rooms, be kept from Payment, give the
/// rooms back and see to it that nothing is charged; so it is refused before it begins, and only one a second goes on, to find out. That the
/// memory is lost with the process costs time and nothing else: whether Payment is asked is still the breaker's to decide, for each call of a saga.
/// </summary>
public sealed class PaymentOutage(TimeProvider clock)
{
    private const long None = 0;
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(1);
    private long nextAttempt = None; // a timestamp of the clock

    /// <summary>Payment was not asked.</summary>
    public void Began() => Volatile.Write(ref nextAttempt, Later());

    /// <summary>Payment has answered.</summary>
    public void Ended() => Volatile.Write(ref nextAttempt, None);

    /// <summary>False when the booking would be in vain. Of those who try at the same moment of an outage, one may begin.</summary>
    public bool TryBegin()
    {
        var next = Volatile.Read(ref nextAttempt);
        return next == None || (clock.GetTimestamp() >= next && Interlocked.CompareExchange(ref nextAttempt, Later(), next) == next);
    }

    private long Later() => clock.GetTimestamp() + (long)(pause.TotalSeconds * clock.TimestampFrequency);
}
