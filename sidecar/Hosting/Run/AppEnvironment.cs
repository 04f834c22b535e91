using System.Collections;
using System.Globalization;

namespace Resort.Sidecar.Hosting.Run;

/// <summary>The environment of an app's process: that of this process, what the CLI adds, and the template's <c>env</c>, which wins.</summary>
internal static class AppEnvironment
{
    public static IReadOnlyDictionary<string, string> Of(SidecarOptions sidecar, string channelAddress, IReadOnlyDictionary<string, string> template)
    {
        var all = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal);
        all["APP_ID"] = sidecar.AppId;
        if (sidecar.AppPort is { } port) all["APP_PORT"] = Text(port);
        all["APP_CHANNEL_ADDRESS"] = channelAddress;
        all["APP_PROTOCOL"] = sidecar.AppProtocol;
        all["DAPR_HTTP_PORT"] = Text(sidecar.HttpPort);
        all["DAPR_GRPC_PORT"] = Text(sidecar.GrpcPort);
        if (sidecar.MetricsPort is { } metrics) all["DAPR_METRICS_PORT"] = Text(metrics);
        foreach (var (name, value) in template) all[name] = value;
        return all;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
