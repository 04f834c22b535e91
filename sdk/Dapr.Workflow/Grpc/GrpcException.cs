namespace Dapr.Workflow.Grpc;

/// <summary>A gRPC call that did not end with OK. Applications catch it as <see cref="DaprException"/>.</summary>
internal sealed class GrpcException : DaprException
{
    public GrpcException(GrpcStatusCode status, string message) : base(message) => Status = status;

    public GrpcException(GrpcStatusCode status, string message, Exception cause) : base(message, cause) => Status = status;

    public GrpcStatusCode Status { get; }
}
