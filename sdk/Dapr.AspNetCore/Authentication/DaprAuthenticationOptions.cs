using Microsoft.AspNetCore.Authentication;

namespace Dapr.AspNetCore;

/// <summary>How calls of the sidecar are recognised.</summary>
public class DaprAuthenticationOptions : AuthenticationSchemeOptions
{
    internal const string Scheme = "Dapr";

    /// <summary>The token that they must carry; by default that of the environment variable <c>APP_API_TOKEN</c>.</summary>
    public string Token { get; set; } = DaprDefaults.GetDefaultAppApiToken(null);
}
