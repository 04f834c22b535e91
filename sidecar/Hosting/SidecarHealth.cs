namespace Resort.Sidecar.Hosting;

/// <summary>What <c>/v1.0/healthz</c> tells: whether the sidecar is ready, and what it lacks if not.</summary>
internal sealed class SidecarHealth
{
    private volatile string[] missing = ["runtime"];

    /// <summary>Components are loaded and the ports are open: an app that starts may use the sidecar.</summary>
    public bool IsOutboundReady { get; set; }

    /// <summary>The parts that are not ready; empty once the start sequence is through.</summary>
    public IReadOnlyList<string> Missing => missing;

    /// <summary>The start sequence is through.</summary>
    public void Ready() => missing = [];

    /// <summary>The sidecar still serves but will stop (<c>--dapr-block-shutdown-duration</c>).</summary>
    public void Stopping() => missing = ["security-provider"];
}
