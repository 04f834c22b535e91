namespace Dapr.Client;

/// <summary>Builds request paths; segments, names and values are escaped.</summary>
internal static class SidecarPath
{
    public static string Of(string api, string name) => $"/v1.0/{api}/{Uri.EscapeDataString(name)}";

    public static string Of(string api, string name, string item) => $"/v1.0/{api}/{Uri.EscapeDataString(name)}/{Uri.EscapeDataString(item)}";

    public static string With(this string path, string name, string? value) =>
        value is null ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}";

    public static string WithMetadata(this string path, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null)
            return path;
        foreach (var (name, value) in metadata)
            path = path.With($"metadata.{name}", value);
        return path;
    }
}
