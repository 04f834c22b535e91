using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Resort.Tests.Harness;

namespace Resort.Tests.EndToEnd.Telemetry;

/// <summary>A span, and the service that tells of it.</summary>
internal sealed record Span(string Service, string Name, string TraceId, string Id, string ParentId);

/// <summary>A collector for OTLP over HTTP: what services and sidecars send.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<Span> spans = new();
    private readonly ConcurrentDictionary<string, double> metrics = new();
    private readonly int port = FreePort.Next();
    private readonly WebApplication app;

    private Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add($"http://127.0.0.1:{port}");
        app.MapPost("/v1/traces", async (HttpRequest request) => Take(ExportTraceServiceRequest.Parser.ParseFrom(await BodyAsync(request))));
        app.MapPost("/v1/metrics", async (HttpRequest request) => Take(ExportMetricsServiceRequest.Parser.ParseFrom(await BodyAsync(request))));
    }

    public IReadOnlyList<Span> Spans => [.. spans];

    /// <summary>The last values by name and attributes, such as <c>resort.bookings{outcome=Confirmed}</c>; of histograms the counts.</summary>
    public IReadOnlyDictionary<string, double> Metrics => metrics;

    /// <summary>Makes services and sidecars send here, and soon.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{port}",
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
    };

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector.app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Take(ExportTraceServiceRequest request)
    {
        foreach (var resource in request.ResourceSpans)
            foreach (var span in resource.ScopeSpans.SelectMany(scope => scope.Spans))
                spans.Enqueue(new(ServiceOf(resource.Resource), span.Name, Hex(span.TraceId), Hex(span.SpanId), Hex(span.ParentSpanId)));
    }

    private void Take(ExportMetricsServiceRequest request)
    {
        foreach (var metric in request.ResourceMetrics.SelectMany(resource => resource.ScopeMetrics).SelectMany(scope => scope.Metrics))
        {
            foreach (var point in metric.Sum?.DataPoints ?? [])
                metrics[Name(metric, point.Attributes)] = point.AsInt;
            foreach (var point in metric.Histogram?.DataPoints ?? [])
                metrics[Name(metric, point.Attributes)] = point.Count;
        }
    }

    private static string ServiceOf(Resource resource) => resource.Attributes.First(attribute => attribute.Key == "service.name").Value.StringValue;

    private static string Name(OtlpMetric metric, IEnumerable<KeyValue> attributes) =>
        $"{metric.Name}{{{string.Join(',', attributes.Select(attribute => $"{attribute.Key}={attribute.Value.StringValue}"))}}}";

    private static string Hex(Google.Protobuf.ByteString bytes) => Convert.ToHexStringLower(bytes.Span);

    private static async Task<byte[]> BodyAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }
}
