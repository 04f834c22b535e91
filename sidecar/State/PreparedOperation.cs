using Resort.Sidecar.Api;

namespace Resort.Sidecar.State;

/// <summary>An operation of a transaction with its key in the store, and the write it asks for or why the store would refuse it.</summary>
internal sealed record PreparedOperation(StateItem Item, string FullKey, bool IsUpsert, StateWrite? Write, StateRefusal? Refusal)
{
    /// <summary>Checks an operation.</summary>
    /// <exception cref="DaprException">It is neither upsert nor delete, or an app may not use the key.</exception>
    public static PreparedOperation Of(StateOperation operation, StateComponent component, Dictionary<string, string> query, DateTimeOffset now)
    {
        var (name, item) = operation;
        if (name is not ("upsert" or "delete")) throw new DaprException(Errors.StateOperationNotSupported(name));
        var fullKey = component.FullKey(item.Key) ?? throw new DaprException(Errors.StateIllegalKey(component.Name, item.Key, named: false));
        item.Add(query);
        var (write, refusal) = name == "upsert" ? item.ToUpsert(fullKey, component.Store.Ttl, now) : item.ToDelete(fullKey);
        return new PreparedOperation(item, fullKey, name == "upsert", write, refusal);
    }
}
