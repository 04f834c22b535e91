using System.Diagnostics;
using Resort.Sidecar.Hosting;
using Resort.Sidecar.Metrics;

namespace Resort.Sidecar.Invocation;

/// <summary>
/// The one way from a sidecar to its app: invocations, deliveries, start-up questions and health probes share its connections, its token and its
/// limit of calls at a time (<c>--app-max-concurrency</c>).
/// </summary>
internal sealed class AppChannel : IDisposable
{
    private static readonly UriCreationOptions asWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };
    private readonly HttpMessageInvoker client = new(Connections.ToApp());
    private readonly SemaphoreSlim? slots;
    private readonly HttpMetrics metrics;
    private readonly string? token;
    private readonly string appId;
    private readonly string address;
    private volatile bool healthy;
    private volatile bool leaving;

    private AppChannel(SidecarOptions options, int port, HttpMetrics metrics)
    {
        this.metrics = metrics;
        appId = options.AppId;
        address = $"{(options.AppProtocol == "https" ? "https" : "http")}://{options.AppChannelAddress}:{port}";
        token = options.AppToken;
        slots = options.AppMaxConcurrency > 0 ? new SemaphoreSlim(options.AppMaxConcurrency) : null;
        healthy = options.AppHealth is null;
    }

    /// <summary>The channel to the app; null if the sidecar has none.</summary>
    public static AppChannel? To(SidecarOptions options, HttpMetrics metrics) => options.AppPort is { } port ? new AppChannel(options, port, metrics) : null;

    /// <summary>Whether the app may be called; without health checks always, unless it leaves.</summary>
    public bool IsHealthy
    {
        get => healthy && !leaving;
        set => healthy = value;
    }

    /// <summary>Its process is about to be replaced: however well it is, it is not called any more.</summary>
    public bool IsLeaving
    {
        get => leaving;
        set => leaving = value;
    }

    /// <summary>A request for the app. The path and query begin with a slash and are sent as they are written.</summary>
    public HttpRequestMessage Request(HttpMethod method, string pathAndQuery) => new(method, new Uri(address + pathAndQuery, asWritten));

    /// <summary>
    /// Sends a request and answers as soon as the headers are there. The answer must be disposed of: under <c>--app-max-concurrency</c> it holds
    /// its place until then.
    /// </summary>
    /// <exception cref="AppUnhealthyException">Health checks say that the app must not be called.</exception>
    /// <exception cref="HttpRequestException">The app refuses or breaks off the connection.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        if (!IsHealthy) throw new AppUnhealthyException();
        Authorize(request, token);
        return slots is null ? await CallAsync(request, cancel) : await SendLimitedAsync(request, slots, cancel);
    }

    /// <summary>A question of the start sequence (<c>/dapr/config</c>, <c>/dapr/subscribe</c>), with the headers that it has.</summary>
    /// <exception cref="HttpRequestException">The app refuses or breaks off the connection.</exception>
    public Task<HttpResponseMessage> AskAsync(string path, CancellationToken cancel)
    {
        var question = Request(HttpMethod.Get, path);
        question.Headers.Add("dapr-app-id", appId);
        question.Content = new ByteArrayContent([]) { Headers = { ContentType = new("application/json") } };
        return SendAsync(question, cancel);
    }

    /// <summary>Puts the app token, if there is one, in the place of a token that the caller may have sent.</summary>
    public static void Authorize(HttpRequestMessage request, string? token)
    {
        const string header = "dapr-api-token";
        if (string.IsNullOrEmpty(token)) return;
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, token);
    }

    /// <summary>A health probe: sent to an ill app too, without the token, and beside the limit.</summary>
    public async Task<HttpResponseMessage> ProbeAsync(string path, CancellationToken cancel)
    {
        var (began, status) = (Stopwatch.GetTimestamp(), StatusCodes.Status500InternalServerError);
        try
        {
            var answer = await client.SendAsync(Request(HttpMethod.Get, path), cancel);
            status = (int)answer.StatusCode;
            return answer;
        }
        finally { metrics.Probed(status, Stopwatch.GetElapsedTime(began)); }
    }

    public void Dispose() => client.Dispose();

    private async Task<HttpResponseMessage> CallAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        HttpResponseMessage? answer = null;
        try { return answer = await client.SendAsync(request, cancel); }
        finally { metrics.Called(request, answer, Stopwatch.GetElapsedTime(began)); }
    }

    private async Task<HttpResponseMessage> SendLimitedAsync(HttpRequestMessage request, SemaphoreSlim limit, CancellationToken cancel)
    {
        await limit.WaitAsync(cancel);
        try
        {
            var answer = await CallAsync(request, cancel);
            answer.Content = new SlotContent(answer.Content, limit);
            return answer;
        }
        catch
        {
            limit.Release();
            throw;
        }
    }
}

/// <summary>The app's health checks fail, so it is not called.</summary>
internal sealed class AppUnhealthyException() : Exception("app is not in a healthy state");
