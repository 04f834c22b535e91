using System.Diagnostics;

namespace Resort.Tests.Conformance.Comparison;

/// <summary>
/// How long the machine kept this process waiting. Times that scenarios measure are those of a machine that is free; where others use its
/// processors too, so much more is no difference.
/// </summary>
internal static class Lateness
{
    private static readonly TimeSpan nap = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan usual = TimeSpan.FromMilliseconds(30); // a nap that ends by then was not kept waiting
    private static long ended;
    private static long began = Stopwatch.GetTimestamp();

    static Lateness() => _ = NapAsync();

    /// <summary>All of it since the first look, with what the present nap has of it.</summary>
    public static TimeSpan Total => new(Interlocked.Read(ref ended) + OfNap());

    private static async Task NapAsync()
    {
        while (true)
        {
            await Task.Delay(nap);
            Interlocked.Add(ref ended, OfNap());
            Interlocked.Exchange(ref began, Stopwatch.GetTimestamp());
        }
    }

    private static long OfNap() => Stopwatch.GetElapsedTime(Interlocked.Read(ref began)) is var slept && slept > usual ? (slept - nap).Ticks : 0;
}
