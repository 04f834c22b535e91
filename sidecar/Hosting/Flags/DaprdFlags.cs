using System.Net;

namespace Resort.Sidecar.Hosting.Flags;

/// <summary>The flags of daprd, all of them, and what becomes of each.</summary>
internal static class DaprdFlags
{
    /// <summary>Flags that do here what they do in daprd; those in <see cref="Switches"/> need no value.</summary>
    public static readonly IReadOnlyDictionary<string, string> Honoured = new Dictionary<string, string>
    {
        ["app-id"] = "the id of the app; required, no dots",
        ["app-port"] = "the port the app listens on; without it there is no app",
        ["app-protocol"] = "http (default) or https",
        ["app-ssl"] = "the same as --app-protocol https",
        ["app-channel-address"] = "where the app listens (127.0.0.1)",
        ["app-max-concurrency"] = "how many calls to the app may run at once (-1: any number)",
        ["dapr-http-port"] = "the sidecar's HTTP port (3500)",
        ["dapr-grpc-port"] = "the sidecar's gRPC port (50001)",
        ["dapr-listen-addresses"] = "addresses to listen on, separated by commas (all)",
        ["enable-metrics"] = "serve metrics (true)",
        ["metrics-port"] = "the port of the metrics (9090)",
        ["metrics-listen-address"] = "the address of the metrics (0.0.0.0)",
        ["resources-path"] = "a folder of components, subscriptions, resiliency; may be repeated",
        ["components-path"] = "the old name of --resources-path",
        ["config"] = "a Configuration file; may be repeated",
        ["max-body-size"] = "the largest request body (4Mi)",
        ["dapr-http-max-request-size"] = "the same in MB",
        ["read-buffer-size"] = "room for request line and headers (4Ki)",
        ["dapr-http-read-buffer-size"] = "the same in KB",
        ["enable-app-health-check"] = "probe the app; deliveries pause while it is ill",
        ["app-health-check-path"] = "what is probed (/healthz)",
        ["app-health-probe-interval"] = "seconds between probes (5)",
        ["app-health-probe-timeout"] = "milliseconds a probe may take (500)",
        ["app-health-threshold"] = "failures in a row that make the app ill (3)",
        ["dapr-graceful-shutdown-seconds"] = "how long what runs may take to finish at the end (5)",
        ["dapr-block-shutdown-duration"] = "how long to serve on, without deliveries, before the end (0)",
        ["log-level"] = "debug, info (default), warn, error or fatal",
        ["log-as-json"] = "log lines as JSON",
        ["log-file"] = "a file for the log instead of stdout",
        ["mode"] = "standalone",
    };

    /// <summary>Flags that are accepted and change nothing, because what they adjust is not there or not needed.</summary>
    public static readonly IReadOnlyList<string> Harmless =
    [
        "placement-host-address", "scheduler-host-address", "scheduler-job-streams", "actors-disseminate-timeout", // workflows run inside the process
        "dapr-internal-grpc-port", "dapr-internal-grpc-listen-address", // the sidecars of a process call each other directly
        "control-plane-address", "control-plane-trust-domain", "control-plane-namespace", "sentry-address",
        "profile-port",
        "app-binding-options-timeout", "hot-reload-reconcile-interval", "disable-builtin-k8s-secret-store",
    ];

    /// <summary>Flags that ask for something that is not there: refused, unless they switch it off.</summary>
    public static readonly IReadOnlyDictionary<string, string> Refused = new Dictionary<string, string>
    {
        ["allowed-origins"] = "CORS",
        ["build-info"] = "build info",
        ["dapr-public-listen-address"] = "public port",
        ["dapr-public-port"] = "public port",
        ["disable-init-endpoints"] = "way to leave out /dapr/config or /dapr/subscribe",
        ["enable-api-logging"] = "API logging",
        ["enable-mtls"] = "mTLS",
        ["enable-profiling"] = "profiling",
        ["unix-domain-socket"] = "Unix domain sockets",
        ["wait"] = "waiting mode",
    };

    /// <summary>Flags without a value.</summary>
    public static readonly IReadOnlySet<string> Switches = new HashSet<string>
    {
        "app-ssl", "enable-app-health-check", "log-as-json", "enable-metrics", "enable-profiling", "enable-api-logging", "enable-mtls", "build-info", "wait",
        "disable-builtin-k8s-secret-store",
    };

    /// <summary>What the flags, and the environment variables that daprd reads, say of a sidecar.</summary>
    /// <exception cref="FlagException">A value is wrong, or asks for what is not there.</exception>
    public static SidecarOptions Read(FlagValues flags, Func<string, string?> environment)
    {
        foreach (var (flag, what) in Refused)
            if (Switches.Contains(flag) ? flags.IsOn(flag) : flags.Text(flag) is not null) throw new FlagException(flag, $"the embedded sidecar has no {what}; use daprd");
        flags.OneOf("mode", "standalone", "standalone");
        var options = new SidecarOptions
        {
            AppId = AppId(flags),
            AppPort = flags.Port("app-port"),
            AppProtocol = flags.IsOn("app-ssl") ? "https" : flags.OneOf("app-protocol", "http", "http", "https"),
            AppChannelAddress = flags.Text("app-channel-address") ?? "127.0.0.1",
            AppMaxConcurrency = flags.Number("app-max-concurrency", -1, -1),
            HttpPort = flags.Port("dapr-http-port") ?? 3500,
            GrpcPort = flags.Port("dapr-grpc-port") ?? 50001,
            MetricsPort = flags.Text("enable-metrics") is not null && !flags.IsOn("enable-metrics") ? null : flags.Port("metrics-port") ?? 9090,
            MetricsListenAddress = flags.Text("metrics-listen-address") is { } metrics ? Flags.ListenAddresses.Parse("metrics-listen-address", metrics) : IPAddress.Any,
            ListenAddresses = ListenAddresses.Read(flags),
            ResourcesPaths = [.. flags.Texts("resources-path"), .. flags.Texts("components-path")],
            ConfigFiles = flags.Texts("config"),
            MaxBodySize = flags.Bytes("max-body-size", (long)flags.Number("dapr-http-max-request-size", 4, 1) << 20),
            ReadBufferSize = (int)Math.Min(int.MaxValue / 2, flags.Bytes("read-buffer-size", (long)flags.Number("dapr-http-read-buffer-size", 4, 1) << 10)),
            AppHealth = flags.IsOn("enable-app-health-check") ? AppHealth(flags) : null,
            GracefulShutdown = TimeSpan.FromSeconds(flags.Number("dapr-graceful-shutdown-seconds", 5, 0)),
            BlockShutdown = flags.Duration("dapr-block-shutdown-duration", TimeSpan.Zero),
            Log = LogOptions.Read(flags),
            ApiToken = environment("DAPR_API_TOKEN"),
            AppToken = environment("APP_API_TOKEN"),
            Namespace = environment("NAMESPACE"),
        };
        RefuseEqualPorts(options);
        return options;
    }

    private static string AppId(FlagValues flags)
    {
        var appId = flags.Text("app-id") ?? throw new FlagException("app-id", "is missing");
        return appId.Contains('.', StringComparison.Ordinal) ? throw new FlagException("app-id", $"must have no dots: '{appId}'") : appId;
    }

    private static AppHealthOptions AppHealth(FlagValues flags)
    {
        var health = new AppHealthOptions(
            flags.Text("app-health-check-path") ?? "/healthz",
            TimeSpan.FromSeconds(flags.Number("app-health-probe-interval", 5, 1)),
            TimeSpan.FromMilliseconds(flags.Number("app-health-probe-timeout", 500, 1)),
            flags.Number("app-health-threshold", 3, 1));
        if (health.Timeout > health.Interval) throw new FlagException("app-health-probe-timeout", "must not be longer than the interval between probes");
        return health;
    }

    private static void RefuseEqualPorts(SidecarOptions options)
    {
        if (options.HttpPort == options.AppPort) throw new FlagException("dapr-http-port", $"{options.HttpPort} is the app's port");
        if (options.GrpcPort == options.AppPort) throw new FlagException("dapr-grpc-port", $"{options.GrpcPort} is the app's port");
        if (options.GrpcPort == options.HttpPort) throw new FlagException("dapr-grpc-port", $"{options.GrpcPort} is the HTTP port");
    }
}
