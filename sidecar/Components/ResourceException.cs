namespace Resort.Sidecar.Components;

/// <summary>Something in a configuration file is wrong. It ends the process with code 1, before any app starts; the message says what is expected.</summary>
internal sealed class ResourceException(SourceLocation? where, string message)
    : Exception(where is null ? message : $"{where}: {message}");
