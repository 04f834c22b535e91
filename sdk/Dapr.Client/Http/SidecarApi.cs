using System.Net;
using System.Reflection;

namespace Dapr.Client;

/// <summary>The HTTP API of one sidecar: makes requests and reads their answers, with a deadline for both together.</summary>
internal sealed class SidecarApi(Uri endpoint, string? apiToken, TimeSpan timeout) : IDisposable
{
    public const string TokenHeader = "dapr-api-token";

    /// <summary>The connections of all clients in this process. What the sidecar answers is passed on as it is: no redirects, no cookies.</summary>
    public static readonly SocketsHttpHandler Connections = new() { UseProxy = false, UseCookies = false, AllowAutoRedirect = false };

    public static readonly string UserAgent = "dapr-sdk-dotnet/v" +
        typeof(SidecarApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    private readonly string authority = endpoint.GetLeftPart(UriPartial.Authority);
    private readonly HttpMessageInvoker http = new(Connections, disposeHandler: false);

    /// <summary>The sidecar's address.</summary>
    public Uri Endpoint => endpoint;

    /// <summary>The sidecar's API token, if it wants one.</summary>
    public string? Token => apiToken;

    /// <summary>An address that keeps <paramref name="path"/> as it is escaped: keys may hold slashes and dots.</summary>
    public static Uri Address(string authority, string path) =>
        new(authority + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    public static void AddToken(HttpRequestMessage request, string? token)
    {
        if (!string.IsNullOrWhiteSpace(token))
            request.Headers.TryAddWithoutValidation(TokenHeader, token);
    }

    /// <summary>Sends a request; any answer that is not 2xx is a <see cref="DaprException"/>.</summary>
    public async Task<SidecarAnswer> CallAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(method, path, content, etag: null, cancellationToken);
        return answer.OrThrow();
    }

    /// <summary>Sends a request and gives the answer whatever its status; only what goes wrong on the way is a <see cref="DaprException"/>.</summary>
    public async Task<SidecarAnswer> SendAsync(HttpMethod method, string path, HttpContent? content, string? etag, CancellationToken cancellationToken)
    {
        try
        {
            return await ExchangeAsync(method, path, content, etag, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new DaprException($"{Call(method, path)} did not get through to the sidecar: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DaprException($"{Call(method, path)} got no answer from the sidecar within {timeout.TotalSeconds:0.###} seconds.", e);
        }
    }

    /// <summary>Sends a request and reads the answer; failures are those of <see cref="HttpMessageInvoker"/>.</summary>
    public async Task<SidecarAnswer> ExchangeAsync(HttpMethod method, string path, HttpContent? content, string? etag, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        using var request = new HttpRequestMessage(method, Address(authority, path)) { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        AddToken(request, apiToken);
        if (!string.IsNullOrEmpty(etag))
            request.Headers.TryAddWithoutValidation("If-Match", etag);

        using var response = await http.SendAsync(request, deadline.Token);
        return new SidecarAnswer(Call(method, path), response, await ReadAsync(response, deadline.Token));
    }

    public void Dispose() => http.Dispose();

    // One buffer of the right size; HttpContent would read into one and copy to another.
    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NoContent)
            return [];
        if (response.Content.Headers.ContentLength is not { } length)
            return await response.Content.ReadAsByteArrayAsync(cancellationToken);

        var body = new byte[length];
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await stream.ReadExactlyAsync(body, cancellationToken);
        return body;
    }

    private SidecarCall Call(HttpMethod method, string path) => new(method, authority, path);
}
