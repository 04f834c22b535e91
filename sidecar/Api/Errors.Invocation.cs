namespace Resort.Sidecar.Api;

/// <summary>Errors of service invocation.</summary>
internal static partial class Errors
{
    private const string DirectInvoke = "ERR_DIRECT_INVOKE";

    /// <summary>Neither the path nor a header names an app: an unknown path, or a known one with a verb that it does not accept.</summary>
    public static DaprError NoRoute { get; } = new(404, DirectInvoke, "failed getting app id either from the URL path or the header dapr-app-id");

    /// <summary>The app could not be called, or a policy refused the call or gave it up.</summary>
    public static DaprError NotInvoked(string target, string cause, int status = 500) => new(status, DirectInvoke, $"failed to invoke, id: {target}, err: {cause}");
}
