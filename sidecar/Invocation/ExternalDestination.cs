namespace Resort.Sidecar.Invocation;

/// <summary>A server that is no app: the request goes to its address with the method behind it. The app token goes along, as in daprd.</summary>
internal abstract class ExternalDestination(string baseUrl, HttpMessageInvoker client, string? token) : Destination
{
    private static readonly UriCreationOptions asWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    protected string BaseUrl => baseUrl;

    public override async Task<HttpResponseMessage> SendAsync(OutgoingRequest request, CancellationToken cancel)
    {
        if (!Uri.TryCreate(baseUrl + request.PathAndQuery, asWritten, out var address)) throw new InvocationException($"parse \"{baseUrl}\": invalid address");
        using var message = new HttpRequestMessage(request.Verb, address);
        request.CopyTo(message);
        AddHeaders(message);
        AppChannel.Authorize(message, token);
        try { return await client.SendAsync(message, cancel); }
        catch (HttpRequestException e) { throw InvocationException.Of(e, message); }
    }

    protected virtual void AddHeaders(HttpRequestMessage message) { }
}

/// <summary>An address that the caller wrote in the place of an app id. Redirects are the caller's.</summary>
internal sealed class ExternalAddress(string baseUrl, HttpMessageInvoker client, string? token) : ExternalDestination(baseUrl, client, token)
{
    public override string BreakerKey(InvocationAddress address) => $"{address.Target}/{address.Method}";
}

/// <summary>A server that an HTTPEndpoint resource names. Its headers replace those of the request, redirects are followed, and it has one breaker.</summary>
internal sealed class HttpEndpoint(string baseUrl, IReadOnlyList<(string Name, string Value)> headers, HttpMessageInvoker client, string? token)
    : ExternalDestination(baseUrl, client, token), IDisposable
{
    private readonly HttpMessageInvoker client = client;

    public override string BreakerKey(InvocationAddress address) => $"{address.Target}:{BaseUrl}";

    public void Dispose() => client.Dispose();

    protected override void AddHeaders(HttpRequestMessage message)
    {
        foreach (var (name, value) in headers) OutgoingRequest.Set(message, name, value);
    }
}
