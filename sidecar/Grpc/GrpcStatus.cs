namespace Resort.Sidecar.Grpc;

/// <summary>The status codes of gRPC that the sidecar answers.</summary>
internal enum GrpcStatus
{
    Ok = 0,
    Cancelled = 1,
    Unknown = 2,
    InvalidArgument = 3,
    DeadlineExceeded = 4,
    NotFound = 5,
    AlreadyExists = 6,
    ResourceExhausted = 8,
    FailedPrecondition = 9,
    Unimplemented = 12,
    Internal = 13,
    Unauthenticated = 16,
}

/// <summary>Ends a call with a status other than OK; any handler may throw it.</summary>
internal sealed class GrpcException(GrpcStatus status, string message) : Exception(message)
{
    /// <summary>What the caller gets as <c>grpc-status</c>.</summary>
    public GrpcStatus Status { get; } = status;
}
