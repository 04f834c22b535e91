namespace Dapr.Client;

/// <summary>What an output binding answered.</summary>
public sealed class BindingResponse(BindingRequest request, ReadOnlyMemory<byte> data, IReadOnlyDictionary<string, string> metadata)
{
    /// <summary>The call.</summary>
    public BindingRequest Request { get; } = request ?? throw new ArgumentNullException(nameof(request));

    /// <summary>The answer's bytes; may be empty.</summary>
    public ReadOnlyMemory<byte> Data { get; } = data;

    /// <summary>What the component says about the answer.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = metadata ?? throw new ArgumentNullException(nameof(metadata));
}
