using Resort.Sidecar.Api;

namespace Resort.Sidecar.State;

/// <content>Saves and transactions.</content>
internal sealed partial class StateApi
{
    /// <summary>Every item by itself: those beside a refused one are written.</summary>
    private async Task SaveAsync(ApiContext call)
    {
        var component = stores.Get(call["store"], appId);
        var items = Parse(await call.ReadBodyAsync(Errors.MalformedRequest), StateRequestReader.Items, Errors.MalformedRequest);
        var now = clock.GetUtcNow();
        var (writes, refusals) = (new List<StateWrite>(items.Count), new List<StateRefusal>());
        foreach (var item in items)
        {
            if (item.Key.Length == 0) throw new DaprException(Errors.StateKeyMissing);
            item.Add(call.Metadata);
            var (write, refusal) = item.ToUpsert(FullKey(component, item.Key), component.Store.Ttl, now);
            if (refusal is null) writes.Add(write!);
            else refusals.Add(refusal);
        }
        await (await WriteEachAsync(component, "set", writes, refusals, call.Aborted) is { Count: > 0 } all ? call.Error(SaveError(component.Name, items.Count, all)) : call.NoContent());
    }

    private async Task TransactAsync(ApiContext call)
    {
        var component = stores.Get(call["store"], appId);
        var operations = Parse(await call.ReadBodyAsync(Errors.StateBody), StateRequestReader.Operations, Errors.StateBody);
        var now = clock.GetUtcNow();
        var prepared = operations.ConvertAll(operation => PreparedOperation.Of(operation, component, call.Metadata, now));
        var events = component.Outbox?.Take(prepared, (call.Trace.Parent, call.Trace.State)) ?? [];
        var refusal = prepared.Find(operation => operation.Refusal is not null)?.Refusal;
        try
        {
            if (refusal is not null) refusal = await component.RefuseAsync(refusal, call.Aborted);
            else if (prepared.Count > 0) refusal = await component.WriteAllAsync(prepared.ConvertAll(operation => operation.Write!), events, call.Aborted);
        }
        catch (Exception e) when (IsFailure(e)) { refusal = new StateRefusal(e.Message); }
        await (refusal is null ? call.NoContent() : call.Error(Errors.StateTransaction(refusal.Message)));
    }

    private static async Task<IReadOnlyList<StateRefusal>> WriteEachAsync(
        StateComponent component, string operation, List<StateWrite> writes, List<StateRefusal> refused, CancellationToken cancel)
    {
        if (writes.Count + refused.Count == 0) return [];
        try { return await component.WriteEachAsync(operation, writes, refused, cancel); }
        catch (Exception e) when (IsFailure(e)) { return [new StateRefusal(e.Message)]; }
    }

    /// <summary>
    /// One error for all that was refused. Several items that failed by their etags only are wrapped once more; beside other failures the first
    /// of the etags decides.
    /// </summary>
    private static DaprError SaveError(string store, int items, IReadOnlyList<StateRefusal> refusals)
    {
        var all = string.Join('\n', refusals.Select(refusal => refusal.Message));
        if (refusals.FirstOrDefault(refusal => refusal.IsEtagMismatch) is not { } mismatch) return Errors.StateSave(store, all, refusals[0].Status);
        var wrapped = items > 1 && refusals.All(refusal => refusal.IsEtagMismatch);
        return Errors.StateSave(store, wrapped ? StateRefusal.EtagMismatch(all).Message : mismatch.Message, mismatch.Status);
    }
}
