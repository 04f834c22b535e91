namespace Resort.Sidecar.Api;

internal static partial class Errors
{
    /// <summary>The start sequence is not through; the list names what is missing.</summary>
    public static DaprError NotReady(IEnumerable<string> missing) => new(500, "ERR_HEALTH_NOT_READY", $"dapr is not ready: [{string.Join(' ', missing)}]");

    /// <summary>The sidecar does not listen yet, or no more.</summary>
    public static DaprError OutboundNotReady { get; } = new(500, "ERR_OUTBOUND_HEALTH_NOT_READY", "dapr outbound is not ready");

    /// <summary><c>?appid=</c> names another app.</summary>
    public static DaprError AppIdNotMatch { get; } = new(500, "ERR_HEALTH_APPID_NOT_MATCH", "dapr app-id does not match");
}
