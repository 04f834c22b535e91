using System.Text.Json;

namespace Dapr.Client;

internal sealed partial class DaprHttpClient
{
    public override Task InvokeBindingAsync<TRequest>(
        string bindingName, string operation, TRequest data, IReadOnlyDictionary<string, string>? metadata, CancellationToken cancellationToken) =>
        InvokeAsync(bindingName, operation, JsonSerializer.SerializeToUtf8Bytes(data, jsonOptions), metadata, cancellationToken);

    public override async Task<TResponse> InvokeBindingAsync<TRequest, TResponse>(
        string bindingName, string operation, TRequest data, IReadOnlyDictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        var answer = await InvokeAsync(bindingName, operation, JsonSerializer.SerializeToUtf8Bytes(data, jsonOptions), metadata, cancellationToken);
        return answer.Read<TResponse>(jsonOptions)!;
    }

    public override async Task<BindingResponse> InvokeBindingAsync(BindingRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var answer = await InvokeAsync(request.BindingName, request.Operation, request.Data, request.Metadata, cancellationToken);
        return new BindingResponse(request, answer.Body, answer.Metadata());
    }

    private Task<SidecarAnswer> InvokeAsync(
        string bindingName, string operation, ReadOnlyMemory<byte> data, IReadOnlyDictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(bindingName);
        ArgumentException.ThrowIfNullOrEmpty(operation);
        using var body = new JsonBody(jsonOptions);
        body.Json.WriteStartObject();
        body.Json.WriteString("operation", operation);
        if (!data.IsEmpty)
            body.WriteRaw("data", data.Span, $"The data for binding '{bindingName}'");
        body.WriteMetadata(metadata);
        body.Json.WriteEndObject();
        return sidecar.CallAsync(HttpMethod.Post, SidecarPath.Of("bindings", bindingName), body.ToContent(), cancellationToken);
    }
}
