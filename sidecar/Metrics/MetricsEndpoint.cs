using System.Text;

namespace Resort.Sidecar.Metrics;

/// <summary>The answer on the metrics port: Prometheus text on every path, without a token.</summary>
internal sealed class MetricsEndpoint(MetricsRegistry registry)
{
    public async Task HandleAsync(HttpContext http)
    {
        using var text = new StringWriter();
        registry.Write(text);
        var body = Encoding.UTF8.GetBytes(text.ToString());
        http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8; escaping=underscores";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
