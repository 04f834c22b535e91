namespace Dapr;

/// <summary>The base of every exception that this SDK throws about a call to Dapr; <see cref="Exception.InnerException"/> is the transport's.</summary>
[Serializable]
public class DaprException : Exception
{
    /// <summary>Creates an exception with a message.</summary>
    public DaprException(string message) : base(message)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public DaprException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
