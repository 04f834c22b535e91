using Resort.Sidecar.Hosting;

namespace Resort.Sidecar.Metrics;

/// <summary>Everything that one sidecar counts.</summary>
internal sealed class SidecarMetrics
{
    public SidecarMetrics(SidecarOptions options, MetricsSettings settings)
    {
        var @namespace = options.Namespace ?? "";
        Registry = new MetricsRegistry(options.AppId, settings);
        Http = new HttpMetrics(Registry, settings);
        Grpc = new GrpcMetrics(Registry);
        Components = new ComponentMetrics(Registry, @namespace);
        PubSub = new PubSubMetrics(Registry, @namespace);
        Invocation = new InvocationMetrics(Registry);
        Resiliency = new ResiliencyMetrics(Registry, @namespace);
    }

    public MetricsRegistry Registry { get; }
    public HttpMetrics Http { get; }
    public GrpcMetrics Grpc { get; }
    public ComponentMetrics Components { get; }
    public PubSubMetrics PubSub { get; }
    public InvocationMetrics Invocation { get; }
    public ResiliencyMetrics Resiliency { get; }
}
