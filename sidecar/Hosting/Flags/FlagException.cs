namespace Resort.Sidecar.Hosting.Flags;

/// <summary>A flag has a value that it cannot have, or asks for something that only daprd has. It ends the process with code 1.</summary>
internal sealed class FlagException(string flag, string message) : Exception(message)
{
    /// <summary>The flag's name without dashes.</summary>
    public string Flag { get; } = flag;
}
