using Resort.Sidecar.Api;
using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;

namespace Resort.Sidecar.Secrets;

/// <summary>The secret stores of one sidecar by name, with the scopes that say which secrets the app may read.</summary>
internal sealed class SecretStores(IReadOnlyDictionary<string, SecretScope> scopes)
{
    private static readonly ComponentTypes<ISecretStore> types =
        new("secretstores", ("secretstores.local.file", c => new(LocalFileSecretStore.Create(c))), ("secretstores.local.env", c => new(LocalEnvSecretStore.Create(c))));

    private readonly Dictionary<string, ISecretStore> stores = new(StringComparer.Ordinal);

    /// <summary>All stores by name.</summary>
    public IReadOnlyDictionary<string, ISecretStore> All => stores;

    /// <summary>Creates the stores; those that refer to another store's secrets come after the others.</summary>
    /// <exception cref="ResourceException">One of them is wrong.</exception>
    public async Task CreateAsync(DaprRuntime runtime)
    {
        var log = runtime.Loggers.CreateLogger<SecretStores>();
        foreach (var group in runtime.Resources.Components.GroupBy(c => c.Metadata.Items.Any(item => item.SecretKeyRef is not null)).OrderBy(group => group.Key))
            foreach (var (name, store) in await types.CreateAllAsync(group, runtime.References.Resolve, log)) stores.Add(name, store);
    }

    /// <summary>A store by its name.</summary>
    /// <exception cref="DaprException">There is none of that name, or none at all.</exception>
    public ISecretStore Get(string name)
    {
        if (stores.Count == 0) throw new DaprException(Errors.SecretStoresNotConfigured);
        return stores.GetValueOrDefault(name) ?? throw new DaprException(Errors.SecretStoreNotFound(name));
    }

    /// <summary>Whether the app may read a secret. References in components are not asked.</summary>
    public bool IsAllowed(string store, string secret)
    {
        if (!scopes.TryGetValue(store, out var scope)) return true;
        return scope.Allowed.Count > 0 ? scope.Allowed.Contains(secret) : scope.AllowByDefault && !scope.Denied.Contains(secret);
    }
}
