namespace Resort.Sidecar.Storage;

/// <summary>The database cannot be opened or written; the message says which file and why.</summary>
internal sealed class StorageException(string message, Exception inner) : Exception(message, inner);
