namespace Resort.Sidecar.Bindings;

/// <summary>An output binding component: what an app calls outside by name, such as an HTTP server.</summary>
internal interface IOutputBinding
{
    /// <summary>The operations it takes, in daprd's order.</summary>
    IReadOnlyList<string> Operations { get; }

    /// <summary>Does one operation.</summary>
    /// <exception cref="BindingException">The target could not be reached, or not in time.</exception>
    Task<BindingAnswer> InvokeAsync(BindingRequest request, CancellationToken cancel);
}

/// <summary>What the target answered. With a <paramref name="Failure"/> the operation counts as failed, and the metadata goes to the caller all the same.</summary>
internal sealed record BindingAnswer(ReadOnlyMemory<byte> Data, IReadOnlyList<(string Name, string Value)> Metadata, string? Failure);

/// <summary>An operation that was not done. The message is the cause as daprd words it.</summary>
internal sealed class BindingException(string message) : Exception(message);
