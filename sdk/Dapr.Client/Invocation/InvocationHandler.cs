namespace Dapr.Client;

/// <summary>
/// Sends requests for <c>http://{app id}/path</c> to the sidecar as <c>/v1.0/invoke/{app id}/method/path</c>.
/// It takes every request for an invocation: never point it at anything but a sidecar.
/// </summary>
public class InvocationHandler : DelegatingHandler
{
    private Uri endpoint;
    private string authority;

    /// <summary>Takes the sidecar's address and token from the environment.</summary>
    public InvocationHandler()
    {
        endpoint = new Uri(DaprDefaults.GetDefaultHttpEndpoint());
        authority = endpoint.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>The sidecar's HTTP address; the default comes from the environment.</summary>
    /// <exception cref="ArgumentException">Neither http nor https.</exception>
    /// <exception cref="UriFormatException">Not an absolute URI.</exception>
    public string DaprEndpoint
    {
        get => endpoint.OriginalString;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            var uri = new Uri(value, UriKind.Absolute);
            if (!IsHttp(uri))
                throw new ArgumentException($"The Dapr endpoint '{value}' must use http or https.", nameof(value));

            endpoint = uri;
            authority = uri.GetLeftPart(UriPartial.Authority);
        }
    }

    /// <summary>An app id with capital letters, which a host name loses: it replaces a host that differs from it by case only.</summary>
    public string? DefaultAppId { get; set; }

    internal string? DaprApiToken { get; set; } = DaprDefaults.GetDefaultDaprApiToken(null);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var original = request.RequestUri;
        request.RequestUri = Rewrite(original);
        SidecarApi.AddToken(request, DaprApiToken);
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            request.RequestUri = original;
            request.Headers.Remove(SidecarApi.TokenHeader);
        }
    }

    private Uri Rewrite(Uri? uri)
    {
        if (uri is not { IsAbsoluteUri: true } || !IsHttp(uri))
            throw new ArgumentException($"The request address '{uri}' does not name an application as in http://app-id/path.");

        var appId = uri.Host.Equals(DefaultAppId, StringComparison.OrdinalIgnoreCase) ? DefaultAppId : uri.Host;
        return SidecarApi.Address(authority, $"/v1.0/invoke/{appId}/method{uri.PathAndQuery}");
    }

    private static bool IsHttp(Uri uri) => uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps;
}
