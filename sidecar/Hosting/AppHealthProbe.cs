using Resort.Sidecar.Invocation;

namespace Resort.Sidecar.Hosting;

/// <summary>
/// Asks the app at each interval whether it is well. The first good answer makes it well, at once or again; so many bad ones in a row as the
/// threshold says make it ill.
/// </summary>
internal sealed class AppHealthProbe(AppChannel app, AppHealthOptions check, TimeProvider clock)
{
    /// <summary>Probes until <paramref name="stop"/>; the app is told apart by <see cref="AppChannel.IsHealthy"/>.</summary>
    public async Task RunAsync(Func<Task> up, Action down, CancellationToken stop)
    {
        using var interval = new PeriodicTimer(check.Interval, clock);
        var failures = 0;
        do
        {
            if (app.IsLeaving)
            {
                failures = 0; // its successor begins anew
            }
            else if (await IsWellAsync(stop))
            {
                failures = 0;
                if (app.IsHealthy) continue;
                app.IsHealthy = true;
                await up();
            }
            else if (++failures >= check.Threshold && app.IsHealthy)
            {
                app.IsHealthy = false;
                down();
            }
        }
        while (await interval.WaitForNextTickAsync(stop));
    }

    private async Task<bool> IsWellAsync(CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(check.Timeout, clock);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            using var answer = await app.ProbeAsync(check.Path, cancel.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return false;
        }
    }
}
