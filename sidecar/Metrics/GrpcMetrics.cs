using Resort.Sidecar.Grpc;

namespace Resort.Sidecar.Metrics;

/// <summary>Calls of the sidecar's gRPC port; a stream counts when it ends.</summary>
internal sealed class GrpcMetrics(MetricsRegistry all)
{
    private static readonly string[] labels = ["grpc_server_method", "grpc_server_status"];
    private readonly Counter<(string, string)> completed = all.Count<(string, string)>("grpc_io_server_completed_rpcs", "Count of RPCs by method and status.", labels);
    private readonly Distribution<(string, string)> latency = all.Latency<(string, string)>("grpc_io_server_server_latency", "Distribution of server latency in milliseconds, by method.", labels);

    /// <summary>A call has ended.</summary>
    public void Served(string method, GrpcStatus status, TimeSpan took)
    {
        var labels = (method, Text(status));
        completed.Add(labels);
        latency.Observe(labels, took.TotalMilliseconds);
    }

    /// <summary>The codes as gRPC for Go spells them.</summary>
    private static string Text(GrpcStatus status) => status switch { GrpcStatus.Ok => "OK", GrpcStatus.Cancelled => "Canceled", _ => status.ToString() };
}
