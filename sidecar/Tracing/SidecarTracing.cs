using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Resort.Sidecar.Api;

namespace Resort.Sidecar.Tracing;

/// <summary>
/// Trace contexts in one sidecar, in the three ways of daprd: without <c>spec.tracing</c> they are passed on as they come, with
/// <c>samplingRate "0"</c> nothing is said of them, otherwise each request, call and delivery is a span, which is sent to a collector if it is sampled.
/// </summary>
internal sealed class SidecarTracing : IDisposable
{
    /// <summary>The name that spans have for their maker, as in daprd.</summary>
    public const string ScopeName = "dapr-diagnostics";

    private static readonly TimeSpan interval = TimeSpan.FromSeconds(5);
    private readonly TracingMode mode;
    private readonly ActivitySource? spans;
    private readonly TracerProvider? provider;

    public SidecarTracing(TracingSettings settings, string appId)
    {
        mode = settings.Mode;
        if (mode != TracingMode.Spans) return;
        spans = new ActivitySource($"{ScopeName}/{Guid.CreateVersion7()}"); // a name of its own: a process has many sidecars, each with its settings
        var builder = Sdk.CreateTracerProviderBuilder().AddSource(spans.Name).SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(settings.EffectiveRate)))
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddAttributes([KeyValuePair.Create<string, object>("service.name", appId)]));
        if (settings.Zipkin is { } zipkin) builder.AddProcessor(new BatchActivityExportProcessor(new ZipkinExporter(zipkin, appId), scheduledDelayMilliseconds: (int)interval.TotalMilliseconds));
        if (settings.Otlp is { } otlp) builder.AddOtlpExporter(options => (options.Endpoint, options.Protocol) = otlp);
        provider = builder.Build();
    }

    /// <summary>Begins a request: its answer gets the headers of its trace.</summary>
    public RequestTrace Begin(HttpContext http, string path)
    {
        if (mode == TracingMode.Off) return RequestTrace.Silent;
        TraceContext.EchoState(http);
        var (parent, state) = TraceContext.Of(http);
        if (spans is null)
        {
            http.Response.Headers.TraceParent = parent.Length > 0 ? parent : TraceContext.None;
            return new RequestTrace(parent, state, http.Request.Headers.TraceParent.Count == 0 ? TraceContext.None : null, null);
        }
        var span = Start(path, ActivityKind.Client, parent, state)!;
        SpanTags.SetRequest(span, http, path);
        http.Response.Headers.TraceParent = span.Id;
        return new RequestTrace(span.Id!, state, span.Id, span);
    }

    /// <summary>Begins the call of the app for another sidecar; null if no spans are made.</summary>
    public Activity? BeginCall(string appId, string method, string traceParent)
    {
        var span = Start(SpanTags.InvocationName(appId, method), ActivityKind.Server, traceParent, "");
        if (span is not null) SpanTags.SetCall(span, method);
        return span;
    }

    /// <summary>Begins a delivery with the context that the event brings (null: none).</summary>
    public DeliveryTrace BeginDelivery(string topic, string? traceParent)
    {
        if (spans is null) return new DeliveryTrace(mode == TracingMode.Off ? null : traceParent, null);
        var span = Start($"pubsub/{topic}", ActivityKind.Client, traceParent ?? "", "")!;
        SpanTags.SetDelivery(span, topic);
        return new DeliveryTrace(span.Id, span);
    }

    public void Dispose()
    {
        provider?.Dispose(); // sends what is left
        spans?.Dispose();
    }

    private Activity? Start(string name, ActivityKind kind, string traceParent, string traceState)
    {
        if (spans is null) return null;
        var around = Activity.Current;
        Activity.Current = null; // only what came over the wire is a parent
        _ = ActivityContext.TryParse(TraceContext.IsValid(traceParent) ? traceParent : null, traceState, isRemote: true, out var parent);
        var span = spans.StartActivity(name, kind, parent);
        Activity.Current = around;
        return span;
    }
}

/// <summary>The trace context of a delivery: its header, null for none, and its span, if spans are made.</summary>
internal readonly record struct DeliveryTrace(string? TraceParent, Activity? Span) : IDisposable
{
    public void Dispose() => Span?.Stop();
}
