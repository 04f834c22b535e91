using System.Net.Http.Headers;

namespace Dapr.Client;

public abstract partial class DaprClient
{
    /// <summary>
    /// A client whose requests to <c>http://{app id}/path</c> go through the sidecar to that application's <c>/path</c>.
    /// Answers and failures are those of a plain <see cref="HttpClient"/>.
    /// </summary>
    /// <param name="appId">Becomes the base address, so that relative addresses work.</param>
    /// <param name="daprEndpoint">The sidecar's HTTP address; null takes it from the environment.</param>
    /// <param name="daprApiToken">The sidecar's API token; null sends none.</param>
    /// <exception cref="ArgumentException">The app id is no host name, or the endpoint is neither http nor https.</exception>
    public static HttpClient CreateInvokeHttpClient(string? appId = null, string? daprEndpoint = null, string? daprApiToken = null)
    {
        var handler = new InvocationHandler { InnerHandler = SidecarApi.Connections, DaprApiToken = daprApiToken, DefaultAppId = appId };
        if (daprEndpoint is not null)
            handler.DaprEndpoint = daprEndpoint;

        var client = new HttpClient(handler, disposeHandler: false);
        client.DefaultRequestHeaders.UserAgent.Add(UserAgent());
        if (appId is not null)
            client.BaseAddress = AppAddress(appId);

        return client;
    }

    /// <summary>As <see cref="CreateInvokeHttpClient"/>, with the endpoint and the token of this client.</summary>
    /// <exception cref="ArgumentException">The app id is no host name.</exception>
    public abstract HttpClient CreateInvokableHttpClient(string? appId = null);

    /// <summary>What this SDK calls itself.</summary>
    protected static ProductInfoHeaderValue UserAgent() => ProductInfoHeaderValue.Parse(SidecarApi.UserAgent);

    private static Uri AppAddress(string appId)
    {
        try
        {
            return new Uri($"http://{appId}");
        }
        catch (UriFormatException e)
        {
            throw new ArgumentException($"The app id '{appId}' is no host name.", nameof(appId), e);
        }
    }
}
