using System.Text.Json;
using Dapr;
using Dapr.Client;
using Dapr.Common.Serialization;
using Microsoft.Extensions.Configuration;

namespace Resort.Tests.Sdk.Surface;

/// <summary>Uses every member of the client with every parameter named. Never run: it must compile, here and with the official packages.</summary>
internal static class EveryClientMember
{
    public static DaprClient Builder(JsonSerializerOptions options) =>
        new DaprClientBuilder()
            .UseHttpEndpoint(httpEndpoint: "http://localhost:3500")
            .UseGrpcEndpoint(grpcEndpoint: "http://localhost:50001")
            .UseDaprApiToken(apiToken: "token")
            .UseTimeout(timeout: TimeSpan.FromSeconds(1))
            .UseJsonSerializationOptions(options: options)
            .Build();

    public static async Task State(DaprClient client, Dictionary<string, string> metadata, StateOptions options, CancellationToken cancel)
    {
        int? value = await client.GetStateAsync<int?>(storeName: "s", key: "k", consistencyMode: ConsistencyMode.Eventual, metadata: metadata, cancellationToken: cancel);
        (value, string etag) = await client.GetStateAndETagAsync<int?>(storeName: "s", key: "k", consistencyMode: ConsistencyMode.Strong, metadata: metadata, cancellationToken: cancel);
        var read = await client.GetStateAndETagAsync<int?>("s", "k", cancellationToken: cancel);
        await client.SaveStateAsync<int?>(storeName: "s", key: read.etag, value: read.value, stateOptions: options, metadata: metadata, cancellationToken: cancel);
        bool won = await client.TrySaveStateAsync<int?>(storeName: "s", key: "k", value: value, etag: etag, stateOptions: options, metadata: metadata, cancellationToken: cancel);
        await client.DeleteStateAsync(storeName: "s", key: "k", stateOptions: options, metadata: metadata, cancellationToken: cancel);
        won &= await client.TryDeleteStateAsync(storeName: "s", key: "k", etag: etag, stateOptions: options, metadata: metadata, cancellationToken: cancel);
        var options2 = new StateOptions { Concurrency = ConcurrencyMode.FirstWrite, Consistency = won ? options.Consistency : null };
        options2.Concurrency = options.Concurrency ?? ConcurrencyMode.LastWrite;
    }

    public static async Task Entries(DaprClient client, IReadOnlyDictionary<string, string> metadata, StateOptions options, CancellationToken cancel)
    {
        var entry = await client.GetStateEntryAsync<int>(storeName: "s", key: "k", consistencyMode: ConsistencyMode.Strong, metadata: metadata, cancellationToken: cancel);
        entry = new StateEntry<int>(client: client, storeName: entry.StoreName, key: entry.Key, value: entry.Value, etag: entry.ETag) { Value = 2 };
        await entry.SaveAsync(stateOptions: options, metadata: metadata, cancellationToken: cancel);
        bool won = await entry.TrySaveAsync(stateOptions: options, metadata: metadata, cancellationToken: cancel);
        await entry.DeleteAsync(stateOptions: options, metadata: metadata, cancellationToken: cancel);
        won |= await entry.TryDeleteAsync(stateOptions: options, metadata: metadata, cancellationToken: cancel);
        GC.KeepAlive(won);
    }

    public static async Task Bulk(DaprClient client, IReadOnlyDictionary<string, string> metadata, StateOptions options, CancellationToken cancel)
    {
        IReadOnlyList<BulkStateItem> texts = await client.GetBulkStateAsync(storeName: "s", keys: ["k"], parallelism: 1, metadata: metadata, cancellationToken: cancel);
        IReadOnlyList<BulkStateItem<int>> values = await client.GetBulkStateAsync<int>(storeName: "s", keys: ["k"], parallelism: null, metadata: metadata, cancellationToken: cancel);
        var text = new BulkStateItem(key: texts[0].Key, value: texts[0].Value, etag: texts[0].ETag);
        var value = new BulkStateItem<int>(key: values[0].Key, value: values[0].Value, etag: values[0].ETag);
        var item = new SaveStateItem<int>(key: text.Key, value: value.Value, etag: value.ETag, stateOptions: options, metadata: metadata);
        item = new SaveStateItem<int>(item.Key, item.Value, item.ETag, item.StateOptions, item.Metadata);
        await client.SaveBulkStateAsync<int>(storeName: "s", items: [item], cancellationToken: cancel);
    }

    public static async Task Transaction(DaprClient client, IReadOnlyDictionary<string, string> metadata, StateOptions options, CancellationToken cancel)
    {
        var upsert = new StateTransactionRequest(key: "k", value: [], operationType: StateOperationType.Upsert, etag: "e", metadata: metadata, options: options);
        var delete = new StateTransactionRequest(upsert.Key, upsert.Value, StateOperationType.Delete, upsert.ETag, upsert.Metadata, upsert.Options)
        {
            Value = null,
            ETag = null,
            OperationType = upsert.OperationType,
            Metadata = null,
            Options = null,
        };
        await client.ExecuteStateTransactionAsync(storeName: "s", operations: [upsert, delete], metadata: metadata, cancellationToken: cancel);
    }

    public static async Task Events(DaprClient client, Dictionary<string, string> metadata, CancellationToken cancel)
    {
        var data = new CloudEvent<int>(data: 1) { Source = new Uri("urn:x"), Type = "t", Subject = "s" };
        CloudEvent envelope = new() { Source = data.Source, Type = data.Type + data.DataContentType, Subject = data.Subject + data.Data };
        await client.PublishEventAsync<CloudEvent>(pubsubName: "p", topicName: "t", data: envelope, cancellationToken: cancel);
        await client.PublishEventAsync<int>(pubsubName: "p", topicName: "t", data: 1, metadata: metadata, cancellationToken: cancel);
        await client.PublishEventAsync(pubsubName: "p", topicName: "t", cancellationToken: cancel);
        await client.PublishEventAsync(pubsubName: "p", topicName: "t", metadata: metadata, cancellationToken: cancel);
    }

    public static async Task Invocation(DaprClient client)
    {
        using var one = DaprClient.CreateInvokeHttpClient(appId: "a", daprEndpoint: "http://localhost:3500", daprApiToken: "token");
        using var other = client.CreateInvokableHttpClient(appId: "a");
        using var handler = new InvocationHandler { DaprEndpoint = "http://localhost:3500", DefaultAppId = "a" };
        using var third = new HttpClient(handler);
        await Task.WhenAll(one.GetStringAsync("/"), other.GetStringAsync("/"), third.GetStringAsync($"/{handler.DaprEndpoint}{handler.DefaultAppId}"));
    }

    public static async Task Secrets(DaprClient client, IReadOnlyDictionary<string, string> metadata, CancellationToken cancel)
    {
        Dictionary<string, string> secret = await client.GetSecretAsync(storeName: "s", key: "k", metadata: metadata, cancellationToken: cancel);
        Dictionary<string, Dictionary<string, string>> all = await client.GetBulkSecretAsync(storeName: "s", metadata: metadata, cancellationToken: cancel);
        all["k"] = secret;
    }

    public static async Task Bindings(DaprClient client, IReadOnlyDictionary<string, string> metadata, CancellationToken cancel)
    {
        await client.InvokeBindingAsync<int>(bindingName: "b", operation: "o", data: 1, metadata: metadata, cancellationToken: cancel);
        string text = await client.InvokeBindingAsync<int, string>(bindingName: "b", operation: "o", data: 1, metadata: metadata, cancellationToken: cancel);
        var request = new BindingRequest(bindingName: "b", operation: "o") { Data = new byte[1], Metadata = { ["k"] = text } };
        BindingResponse answer = await client.InvokeBindingAsync(request: request, cancellationToken: cancel);
        answer = new BindingResponse(request: answer.Request, data: answer.Data, metadata: answer.Metadata);
        request = new BindingRequest(answer.Request.BindingName, answer.Request.Operation) { Data = request.Data };
        GC.KeepAlive(request.Metadata);
    }

    public static async Task Sidecar(DaprClient client, CancellationToken cancel)
    {
        await client.WaitForSidecarAsync(cancellationToken: cancel);
        bool healthy = await client.CheckHealthAsync(cancellationToken: cancel) && await client.CheckOutboundHealthAsync(cancellationToken: cancel);
        DaprMetadata metadata = await client.GetMetadataAsync(cancellationToken: cancel);
        metadata = new DaprMetadata(id: metadata.Id, actors: metadata.Actors, extended: metadata.Extended, components: metadata.Components);
        var actor = new DaprActorMetadata(type: metadata.Actors[0].Type, count: metadata.Actors[0].Count);
        var component = new DaprComponentsMetadata(
            name: metadata.Components[0].Name, type: metadata.Components[0].Type, version: metadata.Components[0].Version, capabilities: metadata.Components[0].Capabilities);
        await client.SetMetadataAsync(attributeName: component.Name, attributeValue: $"{actor.Type}{healthy}", cancellationToken: cancel);
        GC.KeepAlive(client.JsonSerializerOptions);
        client.Dispose();
    }

    public static Exception Exceptions() => new DaprException(message: "m", innerException: new DaprException(message: "m"));

    public static string Defaults(IConfiguration configuration) =>
        DaprDefaults.DefaultDaprScheme + DaprDefaults.DefaultDaprHost + DaprDefaults.DefaultHttpPort + DaprDefaults.DefaultGrpcPort
        + DaprDefaults.DaprApiTokenEnvironmentVariableName + DaprDefaults.AppApiTokenEnvironmentVariableName
        + DaprDefaults.DaprHttpEndpointEnvironmentVariableName + DaprDefaults.DaprHttpPortEnvironmentVariableName
        + DaprDefaults.DaprGrpcEndpointEnvironmentVariableName + DaprDefaults.DaprGrpcPortEnvironmentVariableName
        + DaprDefaults.GetDefaultDaprApiToken(configuration: configuration) + DaprDefaults.GetDefaultAppApiToken(configuration: null)
        + DaprDefaults.GetDefaultHttpEndpoint(configuration: configuration) + DaprDefaults.GetDefaultGrpcEndpoint(configuration: configuration);

    public static IDaprSerializer[] Serializers(JsonSerializerOptions options) => [new JsonDaprSerializer(), new JsonDaprSerializer(options: options)];

    public static object? Serialize(IDaprSerializer serializer, Type type)
    {
        string text = serializer.Serialize<int>(value: 1) + serializer.Serialize(value: (object)1, inputType: type);
        return serializer.Deserialize<int>(data: text) + (int?)serializer.Deserialize(data: text, returnType: type);
    }
}
