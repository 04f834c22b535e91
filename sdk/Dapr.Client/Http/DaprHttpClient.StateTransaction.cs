namespace Dapr.Client;

internal sealed partial class DaprHttpClient
{
    public override Task ExecuteStateTransactionAsync(
        string storeName, IReadOnlyList<StateTransactionRequest> operations, IReadOnlyDictionary<string, string>? metadata,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(storeName);
        ThrowIfEmpty(operations);
        using var body = new JsonBody(jsonOptions);
        body.Json.WriteStartObject();
        body.Json.WriteStartArray("operations");
        foreach (var operation in operations)
            WriteOperation(body, operation);
        body.Json.WriteEndArray();
        body.WriteMetadata(metadata);
        body.Json.WriteEndObject();
        return sidecar.CallAsync(HttpMethod.Post, SidecarPath.Of("state", storeName) + "/transaction", body.ToContent(), cancellationToken);
    }

    private static void WriteOperation(JsonBody body, StateTransactionRequest operation)
    {
        var isUpsert = operation.OperationType switch
        {
            StateOperationType.Upsert => true,
            StateOperationType.Delete => false,
            _ => throw new ArgumentException($"The operation on key '{operation.Key}' is neither an upsert nor a delete."),
        };
        body.Json.WriteStartObject();
        body.Json.WriteString("operation", isUpsert ? "upsert" : "delete");
        body.Json.WriteStartObject("request");
        body.Json.WriteString("key", operation.Key);
        if (isUpsert && operation.Value is { Length: > 0 } value)
            body.WriteRaw("value", value, $"The value of key '{operation.Key}'");
        WriteConditions(body, operation.ETag, operation.Options, operation.Metadata);
        body.Json.WriteEndObject();
        body.Json.WriteEndObject();
    }
}
