namespace Dapr.Workflow;

/// <summary>Why an activity or a workflow failed.</summary>
public class WorkflowTaskFailureDetails(string errorType, string errorMessage, string? stackTrace = null)
{
    /// <summary>The full name of the exception's type, or a name of the engine or of another SDK.</summary>
    public string ErrorType { get; } = errorType;

    /// <summary>The exception's message.</summary>
    public string ErrorMessage { get; } = errorMessage;

    /// <summary>Where it was thrown, if known.</summary>
    public string? StackTrace { get; } = stackTrace;

    /// <summary>
    /// Whether <see cref="ErrorType"/> is <typeparamref name="T"/> or derived from it. Only types of the core library are found by name; for others it is
    /// false.
    /// </summary>
    public bool IsCausedBy<T>() where T : Exception
    {
        try
        {
            return Type.GetType(ErrorType) is { } type && typeof(T).IsAssignableFrom(type);
        }
        catch (Exception e) when (e is ArgumentException or TypeLoadException or IOException or BadImageFormatException)
        {
            return false; // the text of another SDK, which is no type's name
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";
}
