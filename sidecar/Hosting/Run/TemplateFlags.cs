using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting.Flags;

namespace Resort.Sidecar.Hosting.Run;

/// <summary>Turns the fields of a template into daprd's flags, as the CLI does, so that both are read by the same rules.</summary>
internal static class TemplateFlags
{
    private static readonly Dictionary<string, string> ofAnApp = new()
    {
        ["app-id"] = "appID",
        ["app-port"] = "appPort",
        ["app-channel-address"] = "appChannelAddress",
        ["dapr-http-port"] = "daprHTTPPort",
        ["dapr-grpc-port"] = "daprGRPCPort",
        ["dapr-internal-grpc-port"] = "daprInternalGRPCPort",
        ["metrics-port"] = "metricsPort",
        ["profile-port"] = "profilePort",
        ["unix-domain-socket"] = "unixDomainSocket",
    };

    private static readonly Dictionary<string, string> ofAllApps = new()
    {
        ["app-protocol"] = "appProtocol",
        ["app-max-concurrency"] = "appMaxConcurrency",
        ["app-ssl"] = "appSSL",
        ["max-body-size"] = "maxBodySize",
        ["read-buffer-size"] = "readBufferSize",
        ["log-level"] = "logLevel",
        ["enable-api-logging"] = "enableApiLogging",
        ["enable-profiling"] = "enableProfiling",
        ["enable-app-health-check"] = "enableAppHealthCheck",
        ["app-health-check-path"] = "appHealthCheckPath",
        ["app-health-probe-interval"] = "appHealthProbeInterval",
        ["app-health-probe-timeout"] = "appHealthProbeTimeout",
        ["app-health-threshold"] = "appHealthThreshold",
        ["dapr-listen-addresses"] = "apiListenAddresses",
        ["placement-host-address"] = "placementHostAddress",
        ["scheduler-host-address"] = "schedulerHostAddress",
    };

    /// <summary>The options of a sidecar: what its app says, else what <paramref name="common"/> says, else <paramref name="defaults"/>.</summary>
    /// <exception cref="ResourceException">A value is wrong, with its place.</exception>
    public static SidecarOptions Read(Fields app, Fields? common, IReadOnlyDictionary<string, string> defaults, Func<string, string?> environment)
    {
        var values = ofAnApp.ToDictionary(field => field.Key, field => Given(app, field.Value))
            .Concat(ofAllApps.ToDictionary(field => field.Key, field => Given(app, field.Value) ?? Given(common, field.Value)))
            .ToDictionary(pair => pair.Key, pair => pair.Value ?? defaults.GetValueOrDefault(pair.Key));
        try
        {
            return DaprdFlags.Read(new FlagValues(flag => values.GetValueOrDefault(flag) is { } value ? [value] : []), environment);
        }
        catch (FlagException e)
        {
            var field = ofAnApp.GetValueOrDefault(e.Flag) ?? ofAllApps[e.Flag];
            var where = common is not null && !app.Has(field) && common.Has(field) ? common : app;
            throw new ResourceException(where.LocationOf(field), $"`{field}` {e.Message}");
        }
    }

    /// <summary>Tells the fields that they are known, for a <c>common</c> that no app has read.</summary>
    public static void Know(Fields common)
    {
        foreach (var field in ofAllApps.Values) common.Text(field);
    }

    /// <summary>As for the CLI, an empty field and 0 are as good as none.</summary>
    private static string? Given(Fields? fields, string field) => fields?.Text(field) is { } text and not ("" or "0") ? text : null;
}
