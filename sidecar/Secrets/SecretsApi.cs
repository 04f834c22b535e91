using Resort.Sidecar.Api;
using Resort.Sidecar.Metrics;
using Resort.Sidecar.Resiliency;

namespace Resort.Sidecar.Secrets;

/// <summary>The secrets API: <c>GET /v1.0/secrets/{store}/{key}</c> and <c>…/bulk</c>.</summary>
internal sealed class SecretsApi(SecretStores stores, PolicySet policies, ComponentMetrics metrics) : IBuildingBlock, IMetadataSource
{
    public void Map(RouteTable routes)
    {
        routes.Map("GET", "/v1.0/secrets/{store}/bulk", GetAllAsync);
        routes.Map("GET", "/v1.0/secrets/{store}/{key}", GetAsync);
    }

    public IReadOnlyList<string>? Capabilities(string component) => stores.All.GetValueOrDefault(component)?.Capabilities;

    private async Task GetAsync(ApiContext call)
    {
        var (name, key) = (call["store"], call["key"]);
        var store = stores.Get(name);
        if (!stores.IsAllowed(name, key)) throw new DaprException(Errors.SecretDenied(key, name));
        var values = await AskAsync(name, "get", () => store.Find(key), why => Errors.SecretGet(key, name, why), call.Aborted)
            ?? throw new DaprException(Errors.SecretGet(key, name, $"secret {key} not found"));
        await call.Json(writer =>
        {
            writer.WriteStartObject();
            foreach (var (valueName, value) in values) writer.WriteString(valueName, value);
            writer.WriteEndObject();
        });
    }

    private async Task GetAllAsync(ApiContext call)
    {
        var name = call["store"];
        var store = stores.Get(name);
        var all = await AskAsync(name, "bulk_get", store.All, why => Errors.SecretBulkGet(name, why), call.Aborted);
        var secrets = all!.Where(secret => stores.IsAllowed(name, secret.Key));
        await call.Json(writer =>
        {
            writer.WriteStartObject();
            foreach (var (key, values) in secrets)
            {
                writer.WriteStartObject(key);
                foreach (var (valueName, value) in values) writer.WriteString(valueName, value);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        });
    }

    /// <summary>Asks a store under its policy, for which a secret that is not there is a failure like any other.</summary>
    /// <exception cref="DaprException">The policy refused or gave up.</exception>
    private async Task<T?> AskAsync<T>(string store, string operation, Func<T?> ask, Func<string, DaprError> failure, CancellationToken cancel) where T : class
    {
        var policy = policies.Component(store, ComponentKind.Secretstore, Direction.Outbound);
        try { return await metrics.SecretAsync(store, operation, () => policy.RunAsync(_ => Task.FromResult(ask()), found => found is null ? new Failure() : null, cancel), found => found is not null); }
        catch (ResiliencyException e) { throw new DaprException(failure(e.Message)); }
    }
}
