namespace Resort.Sidecar.Metrics;

/// <summary>The path label of HTTP metrics.</summary>
internal static class HttpPath
{
    /// <summary>The path without what differs from call to call in Dapr's own API: keys of states and secrets, ids of workflows.</summary>
    public static string Of(string path)
    {
        if (path.Length > 1) path = path.TrimEnd('/');
        var parts = path.TrimStart('/').Split('/', 6);
        if (parts.Length < 3) return path;
        return parts[1] switch
        {
            "state" or "secrets" => $"/{string.Join('/', parts[..3])}",
            "workflows" when parts.Length >= 4 => Workflow(parts),
            _ => path,
        };
    }

    /// <summary>What all metrics tell apart. As recorded, `/dapr/subscribe` is not among them.</summary>
    public static bool IsFixed(string path) => path is "/dapr/config" or "/dapr/metrics" or "/healthz";

    private static string Workflow(string[] parts)
    {
        if (parts.Length == 5 && parts[4].StartsWith("start", StringComparison.Ordinal)) return $"/{string.Join('/', parts[..4])}/start";
        parts[3] = "{instanceId}";
        if (parts.Length == 6 && parts[4] == "raiseEvent" && parts[5].Length > 0) parts[5] = "{eventName}";
        else if (parts.Length == 6) parts = parts[..5];
        return $"/{string.Join('/', parts)}";
    }
}
