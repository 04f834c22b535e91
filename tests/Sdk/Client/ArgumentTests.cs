using Dapr.Client;

namespace Resort.Tests.Sdk.Client;

/// <summary>Wrong arguments are told before anything is sent.</summary>
public class ArgumentTests
{
    private static readonly DaprClient client = new DaprClientBuilder().UseHttpEndpoint("http://127.0.0.1:9").Build();

    public static TheoryData<string, Func<Task>> EmptyNames => new()
    {
        { "storeName", () => client.GetStateAsync<int>("", "key") },
        { "key", () => client.GetStateAndETagAsync<int>("store", "") },
        { "storeName", () => client.SaveStateAsync("", "key", 1) },
        { "key", () => client.DeleteStateAsync("store", "") },
        { "storeName", () => client.GetBulkStateAsync("", ["a"], null) },
        { "keys", () => client.GetBulkStateAsync("store", [], null) },
        { "items", () => client.SaveBulkStateAsync<int>("store", []) },
        { "operations", () => client.ExecuteStateTransactionAsync("store", []) },
        { "pubsubName", () => client.PublishEventAsync("", "topic", 1) },
        { "topicName", () => client.PublishEventAsync("pubsub", "") },
        { "storeName", () => client.GetSecretAsync("", "key") },
        { "key", () => client.GetSecretAsync("store", "") },
        { "storeName", () => client.GetBulkSecretAsync("") },
        { "bindingName", () => client.InvokeBindingAsync("", "create", 1) },
        { "operation", () => client.InvokeBindingAsync("binding", "", 1) },
        { "attributeName", () => client.SetMetadataAsync("", "value") },
    };

    public static TheoryData<string, Func<Task>> Nulls => new()
    {
        { "etag", () => client.TrySaveStateAsync("store", "key", 1, null!) },
        { "etag", () => client.TryDeleteStateAsync("store", "key", null!) },
        { "data", () => client.PublishEventAsync<string>("pubsub", "topic", null!) },
        { "metadata", () => client.PublishEventAsync("pubsub", "topic", 1, null!) },
        { "metadata", () => client.PublishEventAsync("pubsub", "topic", (Dictionary<string, string>)null!) },
        { "keys", () => client.GetBulkStateAsync<int>("store", null!, null) },
        { "request", () => client.InvokeBindingAsync(null!) },
    };

    [Theory]
    [MemberData(nameof(EmptyNames))]
    public async Task Something_empty_is_refused_by_name(string name, Func<Task> call) =>
        (await call.Should().ThrowAsync<ArgumentException>()).Which.ParamName.Should().Be(name);

    [Theory]
    [MemberData(nameof(Nulls))]
    public async Task Null_is_refused_by_name(string name, Func<Task> call) =>
        (await call.Should().ThrowAsync<ArgumentNullException>()).Which.ParamName.Should().Be(name);

    [Fact]
    public async Task A_transaction_value_that_is_not_JSON_is_refused_with_its_key()
    {
        var upsert = new StateTransactionRequest("k7", "no json"u8.ToArray(), StateOperationType.Upsert);
        var call = () => client.ExecuteStateTransactionAsync("store", [upsert]);
        await call.Should().ThrowAsync<ArgumentException>().WithMessage("*'k7'*not JSON*");
    }

    [Fact]
    public async Task A_transaction_operation_without_a_type_is_refused_with_its_key()
    {
        var nothing = new StateTransactionRequest("k7", null, StateOperationType.Delete) { OperationType = null };
        var call = () => client.ExecuteStateTransactionAsync("store", [nothing]);
        await call.Should().ThrowAsync<ArgumentException>().WithMessage("*'k7'*");
    }

    [Fact]
    public async Task Binding_data_that_is_not_JSON_is_refused_with_the_bindings_name()
    {
        var call = () => client.InvokeBindingAsync(new BindingRequest("mail", "create") { Data = new byte[] { 0xFF } });
        await call.Should().ThrowAsync<ArgumentException>().WithMessage("*'mail'*not JSON*");
    }
}
