namespace Resort.Tests.Conformance.Sidecars;

/// <summary>The sidecars of one scenario.</summary>
internal interface IDeployment : IAsyncDisposable
{
    /// <summary>The last lines of their logs.</summary>
    string Log { get; }

    /// <summary>Starts a sidecar; it may not be ready yet.</summary>
    Task StartAsync(SidecarPlace sidecar);

    /// <summary>How a sidecar ended, as soon as it has; null if it still runs after some time.</summary>
    Task<SidecarEnd?> EndAsync(SidecarPlace sidecar, TimeSpan within);

    /// <summary>Sends a signal by its name (<c>SIGTERM</c>).</summary>
    Task SignalAsync(SidecarPlace sidecar, string signal);
}

/// <summary>The end of a sidecar: its exit code, and what it said last.</summary>
internal sealed record SidecarEnd(int Code, string Message);
