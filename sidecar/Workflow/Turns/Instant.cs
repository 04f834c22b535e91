using Google.Protobuf.WellKnownTypes;

namespace Resort.Sidecar.Workflow.Turns;

/// <summary>Times of the wire as ticks (100 ns, UTC), rounded up so that nothing is early, and kept within the years 1 to 9999.</summary>
internal static class Instant
{
    public static long Ticks(Timestamp? time)
    {
        if (time is null) return 0;
        var seconds = Math.Clamp(time.Seconds, -62135596800, 253402300799);
        var ticks = DateTime.UnixEpoch.Ticks + seconds * TimeSpan.TicksPerSecond + (Math.Clamp(time.Nanos, 0, 999_999_999) + 99) / 100;
        return Math.Min(ticks, DateTime.MaxValue.Ticks);
    }
}
