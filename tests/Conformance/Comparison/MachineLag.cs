namespace Resort.Tests.Conformance.Comparison;

/// <summary>How much later than it wants a thread runs that wants to run every few milliseconds: what a machine that is busy with other work adds to every time.</summary>
internal static class MachineLag
{
    private static readonly TimeSpan period = TimeSpan.FromMilliseconds(5);
    private static long ticks;

    static MachineLag() => new Thread(Watch) { IsBackground = true, Name = nameof(MachineLag) }.Start();

    /// <summary>The sum so far.</summary>
    public static TimeSpan Total => TimeSpan.FromTicks(Interlocked.Read(ref ticks));

    private static void Watch()
    {
        using var never = new ManualResetEventSlim();
        for (var last = TimeProvider.System.GetTimestamp(); ; last = TimeProvider.System.GetTimestamp())
        {
            never.Wait(period);
            Interlocked.Add(ref ticks, Math.Max(0, (TimeProvider.System.GetElapsedTime(last) - period).Ticks));
        }
    }
}
