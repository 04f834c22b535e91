namespace Resort.Reservation;

/// <summary>Section <c>Saga</c> of the configuration.</summary>
public sealed record BookingSettings
{
    /// <summary>How long rooms are kept for a reservation that is not paid. Longer than any charge may take.</summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a transfer is waited for. Its rooms are kept for as long, and for <see cref="HoldFor"/> on top.</summary>
    public TimeSpan DepositDeadline { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a customer waits for the outcome before he is told where to look for it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);
}
