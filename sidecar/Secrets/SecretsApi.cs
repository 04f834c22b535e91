using Resort.Sidecar.Api;

namespace Resort.Sidecar.Secrets;

/// <summary>The secrets API: <c>GET /v1.0/secrets/{store}/{key}</c> and <c>…/bulk</c>.</summary>
internal sealed class SecretsApi(SecretStores stores) : IBuildingBlock, IMetadataSource
{
    public void Map(RouteTable routes)
    {
        routes.Map("GET", "/v1.0/secrets/{store}/bulk", GetAll);
        routes.Map("GET", "/v1.0/secrets/{store}/{key}", Get);
    }

    public IReadOnlyList<string>? Capabilities(string component) => stores.All.GetValueOrDefault(component)?.Capabilities;

    private Task Get(ApiContext call)
    {
        var (name, key) = (call["store"], call["key"]);
        var store = stores.Get(name);
        if (!stores.IsAllowed(name, key)) return call.Error(Errors.SecretDenied(key, name));
        if (store.Find(key) is not { } values) return call.Error(Errors.SecretGet(key, name, $"secret {key} not found"));
        return call.Json(writer =>
        {
            writer.WriteStartObject();
            foreach (var (valueName, value) in values) writer.WriteString(valueName, value);
            writer.WriteEndObject();
        });
    }

    private Task GetAll(ApiContext call)
    {
        var name = call["store"];
        var secrets = stores.Get(name).All().Where(secret => stores.IsAllowed(name, secret.Key));
        return call.Json(writer =>
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
}
