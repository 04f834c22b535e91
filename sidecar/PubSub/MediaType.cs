namespace Resort.Sidecar.PubSub;

/// <summary>What a content type says about a body. Case and parameters do not count; <c>application/x+json</c> is text to Dapr, not JSON.</summary>
internal static class MediaType
{
    public const string CloudEvent = "application/cloudevents+json";
    public const string Binary = "application/octet-stream";

    public static bool IsCloudEvent(string? type) => Is(type, CloudEvent);

    public static bool IsJson(string? type) => Is(type, "application/json");

    public static bool IsBinary(string? type) => Is(type, Binary) || Is(type, "application/cloudevents+protobuf");

    public static bool IsText(string? type) => type is not null && (Essence(type).StartsWith("text/", StringComparison.OrdinalIgnoreCase) || Is(type, "application/xml"));

    private static bool Is(string? type, string known) => type is not null && Essence(type).Equals(known, StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> Essence(string type)
    {
        var parameters = type.IndexOf(';', StringComparison.Ordinal);
        return (parameters < 0 ? type : type.AsSpan(0, parameters)).Trim();
    }
}
