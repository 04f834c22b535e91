using System.Net;
using Resort.Sidecar.Hosting.Flags;

namespace Resort.Sidecar.Hosting;

/// <summary>What a sidecar is told by flags, environment or an app's entry in the run template; names and defaults are daprd's.</summary>
internal sealed record SidecarOptions
{
    public required string AppId { get; init; }

    /// <summary>The app's port; null for a sidecar without an app.</summary>
    public int? AppPort { get; init; }
    public string AppChannelAddress { get; init; } = "127.0.0.1";
    public string AppProtocol { get; init; } = "http";

    /// <summary>How many calls to the app may run at once; -1 means any number.</summary>
    public int AppMaxConcurrency { get; init; } = -1;
    public int HttpPort { get; init; } = 3500;
    public int GrpcPort { get; init; } = 50001;

    /// <summary>The port of the metrics; null for none.</summary>
    public int? MetricsPort { get; init; }
    public IPAddress MetricsListenAddress { get; init; } = IPAddress.Any;

    /// <summary>Addresses to listen on; empty means all.</summary>
    public IReadOnlyList<IPAddress> ListenAddresses { get; init; } = [];
    public IReadOnlyList<string> ResourcesPaths { get; init; } = [];
    public IReadOnlyList<string> ConfigFiles { get; init; } = [];

    /// <summary>The largest request body in bytes.</summary>
    public long MaxBodySize { get; init; } = 4 << 20;

    /// <summary>Bytes for a request line and its headers.</summary>
    public int ReadBufferSize { get; init; } = 4 << 10;
    public AppHealthOptions? AppHealth { get; init; }

    /// <summary>How long what runs may take to finish once the sidecar is told to stop.</summary>
    public TimeSpan GracefulShutdown { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the sidecar serves on, without deliveries, before it stops; zero for not at all.</summary>
    public TimeSpan BlockShutdown { get; init; }

    public LogOptions Log { get; init; } = LogOptions.Default;

    /// <summary>The token that callers of the sidecar must send (<c>DAPR_API_TOKEN</c>).</summary>
    public string? ApiToken { get; init; }

    /// <summary>The token that the sidecar sends to its app (<c>APP_API_TOKEN</c>).</summary>
    public string? AppToken { get; init; }

    /// <summary>The namespace (<c>NAMESPACE</c>); null if not set.</summary>
    public string? Namespace { get; init; }
}

/// <summary>App health checks: where, how often, how long to wait, and after how many failures an app is ill.</summary>
internal sealed record AppHealthOptions(string Path, TimeSpan Interval, TimeSpan Timeout, int Threshold);
