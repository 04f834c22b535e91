namespace Resort.Sidecar.Metrics;

/// <summary>Requests to the sidecar's HTTP port, and the sidecar's own requests to its app. Bodies of unknown length count as empty.</summary>
internal sealed class HttpMetrics
{
    private readonly MetricsSettings settings;
    private readonly Counter<(string Method, string Path, int Status)> serverRequests;
    private readonly Counter<(string Method, string Path, int Status)>? serverResponses;
    private readonly Distribution<(string Method, string Path, int Status)> serverLatency;
    private readonly Distribution<ValueTuple> serverRequestBytes;
    private readonly Distribution<ValueTuple> serverResponseBytes;
    private readonly Counter<(string Method, string Path, int Status)> clientCompleted;
    private readonly Distribution<(string Method, string Path, int Status)> clientLatency;
    private readonly Distribution<(string Method, string Path, string Status)> clientSentBytes;
    private readonly Distribution<ValueTuple> clientReceivedBytes;
    private readonly Counter<ValueTuple<int>> probes;
    private readonly Distribution<ValueTuple<int>> probeLatency;

    public HttpMetrics(MetricsRegistry all, MetricsSettings settings)
    {
        this.settings = settings;
        string[] labels = ["method", "path", "status"];
        serverRequests = all.Count<(string, string, int)>("http_server_request_count", "Number of HTTP requests started in server.", labels);
        if (settings.HasPaths) serverResponses = all.Count<(string, string, int)>("http_server_response_count", "The number of HTTP responses", labels);
        serverLatency = all.Latency<(string, string, int)>("http_server_latency", "HTTP request end-to-end latency in server.", labels);
        serverRequestBytes = all.Size<ValueTuple>("http_server_request_bytes", "HTTP request body size if set as ContentLength (uncompressed) in server.");
        serverResponseBytes = all.Size<ValueTuple>("http_server_response_bytes", "HTTP response body size (uncompressed) in server.");
        clientCompleted = all.Count<(string, string, int)>("http_client_completed_count", "Count of completed requests", labels);
        clientLatency = all.Latency<(string, string, int)>("http_client_roundtrip_latency", "End-to-end latency", labels);
        clientSentBytes = all.Size<(string, string, string)>("http_client_sent_bytes", "Total bytes sent in request body (not including headers)", labels);
        clientReceivedBytes = all.Size<ValueTuple>("http_client_received_bytes", "Total bytes received in response bodies (not including headers)");
        probes = all.Count<ValueTuple<int>>("http_healthprobes_completed_count", "Count of completed health probes", "status");
        probeLatency = all.Latency<ValueTuple<int>>("http_healthprobes_roundtrip_latency", "End-to-end latency of health probes", "status");
    }

    /// <summary>A request to the sidecar was answered.</summary>
    public void Served(HttpContext http, string path, TimeSpan took)
    {
        var labels = (Method(http.Request.Method), Path(path), http.Response.StatusCode);
        serverRequests.Add(labels);
        serverResponses?.Add(labels);
        serverLatency.Observe(labels, took.TotalMilliseconds);
        serverRequestBytes.Observe(default, http.Request.ContentLength ?? 0);
        serverResponseBytes.Observe(default, http.Response.ContentLength ?? 0);
    }

    /// <summary>The app was called; without an answer the status is 500.</summary>
    public void Called(HttpRequestMessage request, HttpResponseMessage? answer, TimeSpan took)
    {
        var (method, path) = (Method(request.Method.Method), Path(request.RequestUri!.AbsolutePath));
        var labels = (method, path, answer is null ? StatusCodes.Status500InternalServerError : (int)answer.StatusCode);
        clientSentBytes.Observe((method, path, ""), request.Content?.Headers.ContentLength ?? 0);
        clientCompleted.Add(labels);
        clientLatency.Observe(labels, took.TotalMilliseconds);
        clientReceivedBytes.Observe(default, answer?.Content.Headers.ContentLength ?? 0);
    }

    /// <summary>The app's health was asked for.</summary>
    public void Probed(int status, TimeSpan took)
    {
        probes.Add(new(status));
        probeLatency.Observe(new(status), took.TotalMilliseconds);
    }

    private string Path(string path) => HttpPath.IsFixed(path) ? path : settings.HasPaths ? HttpPath.Of(path) : "";

    private string Method(string method) => !settings.HasMethods ? "" : method is "GET" or "PUT" or "POST" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS" or "CONNECT" or "TRACE" ? method : "UNKNOWN";
}
