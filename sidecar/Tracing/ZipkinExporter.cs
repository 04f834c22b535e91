using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using OpenTelemetry;

namespace Resort.Sidecar.Tracing;

/// <summary>Sends spans to a Zipkin collector, as its JSON (version 2), in the way of daprd: names in lower case, where they come from as tags.</summary>
internal sealed class ZipkinExporter(Uri endpoint, string appId) : BaseExporter<Activity>
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(10);
    private readonly HttpClient client = new() { Timeout = limit };

    public override ExportResult Export(in Batch<Activity> batch)
    {
        var body = new MemoryStream();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartArray();
            foreach (var span in batch) Write(writer, span);
            writer.WriteEndArray();
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body.ToArray()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var answer = client.Send(request);
            return answer.IsSuccessStatusCode ? ExportResult.Success : ExportResult.Failure;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException) { return ExportResult.Failure; } // a collector that is away harms nothing
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) client.Dispose();
        base.Dispose(disposing);
    }

    private void Write(Utf8JsonWriter writer, Activity span)
    {
        writer.WriteStartObject();
        writer.WriteString("traceId", span.TraceId.ToHexString());
        writer.WriteString("id", span.SpanId.ToHexString());
        if (span.ParentSpanId != default) writer.WriteString("parentId", span.ParentSpanId.ToHexString());
        writer.WriteString("name", span.DisplayName.ToLowerInvariant());
        writer.WriteString("kind", span.Kind.ToString().ToUpperInvariant());
        writer.WriteNumber("timestamp", (span.StartTimeUtc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        writer.WriteNumber("duration", Math.Max(1, span.Duration.Ticks / TimeSpan.TicksPerMicrosecond));
        writer.WriteStartObject("localEndpoint");
        writer.WriteString("serviceName", appId);
        writer.WriteEndObject();
        writer.WriteStartObject("tags");
        foreach (var (name, value) in span.Tags) writer.WriteString(name, value);
        writer.WriteString("otel.scope.name", SidecarTracing.ScopeName);
        writer.WriteString("service.name", appId);
        if (span.Status == ActivityStatusCode.Error)
        {
            writer.WriteString("otel.status_code", "ERROR");
            writer.WriteString("error", span.StatusDescription);
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
