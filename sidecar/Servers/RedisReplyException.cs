using Resort.Sidecar.Storage;

namespace Resort.Sidecar.Servers;

/// <summary>The server has answered a command with an error.</summary>
internal sealed class RedisReplyException(string message, Exception inner) : StorageException(message, inner)
{
    /// <summary>Whether the error is of a kind, which is its first word (<c>NOSCRIPT</c>, <c>BUSYGROUP</c>).</summary>
    public bool Is(string kind) => Message.StartsWith(kind, StringComparison.Ordinal);
}
