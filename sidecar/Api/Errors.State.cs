using System.Text.Json.Nodes;

namespace Resort.Sidecar.Api;

/// <content>Errors of the state API.</content>
internal static partial class Errors
{
    /// <summary>No state store is loaded.</summary>
    public static DaprError StateStoreNotConfigured(string store, string? appId) =>
        new(500, "ERR_STATE_STORE_NOT_CONFIGURED", $"state store {store} is not configured", [ErrorInfo("DAPR_STATE_NOT_CONFIGURED", AppId(appId))]);

    /// <summary>This state store is not loaded.</summary>
    public static DaprError StateStoreNotFound(string store, string? appId) =>
        new(400, "ERR_STATE_STORE_NOT_FOUND", $"state store {store} is not found", [ErrorInfo("DAPR_STATE_NOT_FOUND", AppId(appId))]);

    /// <summary>The key contains the separator of key prefixes. Transactions do not name the field.</summary>
    public static DaprError StateIllegalKey(string store, string key, bool named = true)
    {
        var message = $"api error: code = InvalidArgument desc = input key/keyPrefix '{key}' can't contain '||'";
        var violation = BadRequest(key, message);
        if (!named) violation["field_violations"]![0]!.AsObject().Remove("field");
        return new(400, "ERR_MALFORMED_REQUEST", message, [violation, ResourceInfo("state", store, ""), ErrorInfo("DAPR_STATE_ILLEGAL_KEY", null)]);
    }

    /// <summary>An item of a save has no key.</summary>
    public static DaprError StateKeyMissing { get; } = MalformedRequest("\"key\" is a required field");

    /// <summary>The body of a bulk get or a transaction cannot be read.</summary>
    public static DaprError StateBody(string cause) => MalformedRequest($"failed deserializing HTTP body: {cause}");

    /// <summary>The store cannot read.</summary>
    public static DaprError StateGet(string key, string store, string cause) => new(500, "ERR_STATE_GET", $"fail to get {key} from state store {store}: {cause}");

    /// <summary>The store cannot read several keys.</summary>
    public static DaprError StateBulkGet(string cause) => new(500, "ERR_STATE_BULK_GET", cause);

    /// <summary>The store did not save: 409 for an etag that is not the current one, 400 for one that the store cannot have given.</summary>
    public static DaprError StateSave(string store, string cause, int status = 500) =>
        new(status, "ERR_STATE_SAVE", $"failed saving state in state store {store}: {cause}");

    /// <summary>The store did not delete: 409 for an etag that is not the current one.</summary>
    public static DaprError StateDelete(string key, string cause, int status = 500) =>
        new(status, "ERR_STATE_DELETE", $"failed deleting state with key {key}: {cause}");

    /// <summary>The store did not do the transaction; an etag mismatch is a 500 too.</summary>
    public static DaprError StateTransaction(string cause) => new(500, "ERR_STATE_TRANSACTION", $"error while executing state transaction: {cause}");

    /// <summary>The events of a transaction cannot be published, so that nothing is written either.</summary>
    public static DaprError StateOutbox(string appId, string cause) =>
        new(500, "ERR_PUBLISH_OUTBOX", $"error while publishing outbox message: {cause}", [ErrorInfo("DAPR_PUBSUB_OUTBOX", new JsonObject { ["appID"] = appId, ["error"] = cause })]);

    /// <summary>An operation of a transaction is neither upsert nor delete.</summary>
    public static DaprError StateOperationNotSupported(string operation) => new(400, "ERR_NOT_SUPPORTED_STATE_OPERATION", $"operation type {operation} not supported");

    /// <summary>None of the embedded stores can be queried.</summary>
    public static DaprError StateQueryNotSupported(string store) =>
        new(500, "ERR_STATE_STORE_NOT_SUPPORTED", "state store does not support querying", [ResourceInfo("state", store, ""), ErrorInfo("DAPR_STATE_QUERYING_NOT_SUPPORTED", null)]);

    private static JsonObject? AppId(string? appId) => appId is null ? null : new JsonObject { ["appID"] = appId };
}
