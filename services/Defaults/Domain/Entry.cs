namespace Resort.Defaults.Domain;

/// <summary>A record as it was read, and what became of it.</summary>
public sealed class Entry<T>(T? value, string etag) where T : class
{
    public T? Value { get; private set; } = value;

    /// <summary>Empty when the record is not there yet.</summary>
    public string ETag { get; } = etag;
    public bool Changed { get; private set; }

    public void Set(T next)
    {
        if (ReferenceEquals(next, Value))
            return;
        Value = next;
        Changed = true;
    }
}
