using System.Diagnostics;

namespace Resort.Tests.Sidecar;

/// <summary>Waits for something to become true: looks often, gives up at a deadline and says what it saw last.</summary>
internal static class Probe
{
    /// <summary>Enough for a machine that is busy with other tests.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>What <paramref name="look"/> gives as soon as <paramref name="good"/> accepts it.</summary>
    public static async Task<T> UntilAsync<T>(string what, Func<Task<T>> look, Func<T, bool> good, TimeSpan? within = null)
    {
        var watch = Stopwatch.StartNew();
        var seen = "nothing";
        while (watch.Elapsed < (within ?? Patience))
        {
            try
            {
                var value = await look();
                if (good(value)) return value;
                seen = value?.ToString() ?? "null";
            }
            catch (HttpRequestException e) { seen = e.Message; }
            await Task.Delay(10);
        }
        throw new TimeoutException($"waited {watch.Elapsed.TotalSeconds:0.0} s for {what}; last seen: {seen}");
    }

    /// <inheritdoc cref="UntilAsync{T}(string, Func{Task{T}}, Func{T, bool}, TimeSpan?)"/>
    public static Task<T> UntilAsync<T>(string what, Func<T> look, Func<T, bool> good, TimeSpan? within = null) =>
        UntilAsync(what, () => Task.FromResult(look()), good, within);

    /// <summary>Returns when <paramref name="condition"/> holds.</summary>
    public static Task UntilAsync(string what, Func<bool> condition, TimeSpan? within = null) => UntilAsync(what, condition, holds => holds, within);
}
