namespace Resort.Sidecar.Expressions;

/// <summary>An expression that cannot be read (the message begins with line and column, counted from 1) or cannot be evaluated for these values.</summary>
internal sealed class CelException(string message) : Exception(message);
