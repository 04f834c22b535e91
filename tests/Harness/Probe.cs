using System.Diagnostics;

namespace Resort.Tests.Harness;

/// <summary>Waits for something to become so: asks again until it is, and at the deadline says what it saw last.</summary>
public static class Probe
{
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(10);

    public static async Task<T> UntilAsync<T>(string what, Func<Task<T>> ask, Func<T, bool> satisfied, TimeSpan? deadline = null)
    {
        var limit = deadline ?? TimeSpan.FromSeconds(20);
        var watch = Stopwatch.StartNew();
        for (object? last = null; ;)
        {
            try
            {
                var seen = await ask();
                if (satisfied(seen)) return seen;
                last = seen;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException or System.Text.Json.JsonException)
            {
                last = e.Message;
            }
            if (watch.Elapsed > limit) throw new TimeoutException($"{what}: not within {limit.TotalSeconds:0.#} s; last seen: {last}");
            await Task.Delay(pause);
        }
    }
}
