#nullable disable

namespace Dapr.Client;

/// <summary>A call of an output binding.</summary>
public sealed class BindingRequest(string bindingName, string operation)
{
    /// <summary>The binding component.</summary>
    public string BindingName { get; } = bindingName ?? throw new ArgumentNullException(nameof(bindingName));

    /// <summary>What the binding should do.</summary>
    public string Operation { get; } = operation ?? throw new ArgumentNullException(nameof(operation));

    /// <summary>The payload as JSON in UTF-8; may be empty.</summary>
    public ReadOnlyMemory<byte> Data { get; set; }

    /// <summary>Passed to the component.</summary>
    public Dictionary<string, string> Metadata { get; } = [];
}
