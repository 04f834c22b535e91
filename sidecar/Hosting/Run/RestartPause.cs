namespace Resort.Sidecar.Hosting.Run;

/// <summary>How long a crashed app rests before it is started again: half a second, doubled at each crash up to half a minute, and from the start again after it ran that long.</summary>
internal sealed class RestartPause
{
    private static readonly TimeSpan shortest = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(30);
    private TimeSpan next = shortest;

    /// <summary>The pause after a run of a certain length.</summary>
    public TimeSpan After(TimeSpan run)
    {
        var pause = run >= longest ? shortest : next;
        next = pause * 2 < longest ? pause * 2 : longest;
        return pause;
    }
}
