namespace Resort.Sidecar.Api;

/// <content>Errors of the secrets API.</content>
internal static partial class Errors
{
    /// <summary>No secret store is loaded.</summary>
    public static DaprError SecretStoresNotConfigured { get; } = new(500, "ERR_SECRET_STORES_NOT_CONFIGURED", "secret store is not configured");

    /// <summary>This secret store is not loaded. It is a 401, as in Dapr.</summary>
    public static DaprError SecretStoreNotFound(string store) => new(401, "ERR_SECRET_STORE_NOT_FOUND", $"failed finding secret store with key {store}");

    /// <summary>A scope of the Configuration refuses the secret.</summary>
    public static DaprError SecretDenied(string key, string store) => new(403, "ERR_PERMISSION_DENIED", $"access denied by policy to get \"{key}\" from \"{store}\"");

    /// <summary>The store has no such secret, or cannot read it.</summary>
    public static DaprError SecretGet(string key, string store, string cause) => new(500, "ERR_SECRET_GET", $"failed getting secret with key {key} from secret store {store}: {cause}");

    /// <summary>The store cannot give all its secrets.</summary>
    public static DaprError SecretBulkGet(string store, string cause) => new(500, "ERR_SECRET_GET", $"failed getting secrets from secret store {store}: {cause}");
}
