namespace Resort.Sidecar.Resiliency;

/// <summary>When and how often an operation is repeated: a <c>retries</c> entry of a Resiliency resource, with Dapr's defaults.</summary>
internal sealed record RetryPolicy
{
    /// <summary>Pauses grow by half each time and vary, instead of being all alike.</summary>
    public bool Exponential { get; init; }

    /// <summary>The pause of constant retries.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What the pauses of exponential retries grow to.</summary>
    public TimeSpan MaxInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Retries after the first attempt; -1 means without end.</summary>
    public int MaxRetries { get; init; } = -1;

    /// <summary>HTTP codes to retry.</summary>
    public CodeRanges HttpCodes { get; init; } = new();

    /// <summary>gRPC codes to retry.</summary>
    public CodeRanges GrpcCodes { get; init; } = new();

    /// <summary>Whether this kind of failure is repeated at all. Codes up to 16 are gRPC's; one that is neither gRPC nor HTTP is never matched.</summary>
    public bool Matches(Failure failure) => !failure.Permanent && failure.Code switch
    {
        null => true,
        >= 0 and <= 16 and var code => GrpcCodes.Contains(code),
        >= 100 and <= 599 and var code => HttpCodes.Contains(code),
        _ => false,
    };
}
