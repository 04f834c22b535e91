using Resort.Tests.Conformance.Replaying;
using Resort.Tests.Conformance.Wire;

namespace Resort.Tests.Conformance.Sidecars;

/// <summary>Waits until a sidecar is ready, as a caller sees it.</summary>
internal static class Readiness
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan betweenLooks = TimeSpan.FromMilliseconds(20);

    /// <exception cref="NotPlayableException">It has ended, or is not ready in time.</exception>
    public static async Task AwaitAsync(IDeployment deployment, SidecarPlace sidecar)
    {
        var began = TimeProvider.System.GetTimestamp();
        var call = new WireCall { Port = sidecar.HttpPort, Method = "GET", Path = sidecar.IsOnlyLive ? "/v1.0/healthz/outbound" : "/v1.0/healthz", Timeout = TimeSpan.FromSeconds(2) };
        for (var seen = "nothing"; ; await Task.Delay(betweenLooks))
        {
            if (await deployment.EndAsync(sidecar, TimeSpan.Zero) is { } end) throw new NotPlayableException($"sidecar {sidecar.Name} ended with code {end.Code}: {end.Message}");
            var answer = await WireClient.SendAsync(call);
            if (answer.Status == 204) return;
            seen = answer.Error ?? $"{answer.Status} {answer.Text}";
            if (TimeProvider.System.GetElapsedTime(began) > patience) throw new NotPlayableException($"sidecar {sidecar.Name} is not ready after {patience.TotalSeconds} s; last seen: {seen}");
        }
    }
}
