namespace Resort.Sidecar.Storage;

/// <summary>A database or a server cannot be reached, read or written; the message says which and why.</summary>
internal class StorageException(string message, Exception inner) : Exception(message, inner);
