using Dapr;
using Dapr.Client;

namespace Resort.Tests.Sdk.Client;

/// <summary>State against the embedded sidecar.</summary>
public class StateTests(EmbeddedSidecar sidecar) : IClassFixture<EmbeddedSidecar>
{
    private readonly DaprClient client = sidecar.Client;

    [Fact]
    public async Task A_value_comes_back()
    {
        await client.SaveStateAsync("store", "a/value with ü", new Room("101", 2));
        (await client.GetStateAsync<Room>("store", "a/value with ü", ConsistencyMode.Strong)).Should().Be(new Room("101", 2));
    }

    [Fact]
    public async Task A_missing_key_is_the_default_and_an_empty_etag()
    {
        (await client.GetStateAsync<Room?>("store", "missing")).Should().BeNull();
        (await client.GetStateAndETagAsync<int>("store", "missing")).Should().Be((0, ""));
    }

    [Fact]
    public async Task A_null_comes_back_as_null()
    {
        await client.SaveStateAsync<Room?>("store", "null", null);
        (await client.GetStateAsync<Room?>("store", "null")).Should().BeNull();
    }

    [Fact]
    public async Task Only_the_holder_of_the_etag_saves()
    {
        await client.SaveStateAsync("store", "etag", 1);
        var (_, etag) = await client.GetStateAndETagAsync<int>("store", "etag");
        (await client.TrySaveStateAsync("store", "etag", 2, etag)).Should().BeTrue();
        (await client.TrySaveStateAsync("store", "etag", 3, etag)).Should().BeFalse();
        (await client.GetStateAsync<int>("store", "etag")).Should().Be(2);
    }

    [Fact]
    public async Task Only_the_first_creates()
    {
        var first = new StateOptions { Concurrency = ConcurrencyMode.FirstWrite };
        (await client.TrySaveStateAsync("store", "created", 1, "", first)).Should().BeTrue();
        (await client.TrySaveStateAsync("store", "created", 2, "", first)).Should().BeFalse();
        var third = () => client.SaveStateAsync("store", "created", 3, first);
        await third.Should().ThrowAsync<DaprException>().WithMessage("*409 ERR_STATE_SAVE*");
    }

    [Fact]
    public async Task Deleting_needs_the_etag_only_if_one_is_given()
    {
        await client.SaveStateAsync("store", "deleted", 1);
        (await client.TryDeleteStateAsync("store", "deleted", "another")).Should().BeFalse();
        var (_, etag) = await client.GetStateAndETagAsync<int>("store", "deleted");
        (await client.TryDeleteStateAsync("store", "deleted", etag)).Should().BeTrue();
        (await client.TryDeleteStateAsync("store", "deleted", "")).Should().BeTrue();
        await client.DeleteStateAsync("store", "deleted", new StateOptions { Concurrency = ConcurrencyMode.LastWrite });
        (await client.GetStateAndETagAsync<int>("store", "deleted")).etag.Should().BeEmpty();
    }

    [Fact]
    public async Task An_entry_saves_and_deletes_what_it_holds()
    {
        var entry = await client.GetStateEntryAsync<Room?>("store", "entry");
        entry.Value.Should().BeNull();
        entry.Value = new Room("102", 1);
        await entry.SaveAsync();

        var (mine, other) = (await client.GetStateEntryAsync<Room>("store", "entry"), await client.GetStateEntryAsync<Room>("store", "entry"));
        mine.Value = mine.Value with { Beds = 3 };
        (await mine.TrySaveAsync()).Should().BeTrue();
        (await other.TrySaveAsync()).Should().BeFalse();
        (await mine.TryDeleteAsync()).Should().BeFalse("the etag stays that of the reading");
        await other.DeleteAsync();
        (await client.GetStateAsync<Room?>("store", "entry")).Should().BeNull();
    }

    [Fact]
    public async Task An_entry_deletes_with_its_etag()
    {
        await client.SaveStateAsync("store", "entry2", 1);
        (await (await client.GetStateEntryAsync<int>("store", "entry2")).TryDeleteAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task Many_values_are_saved_and_read_at_once()
    {
        await client.SaveBulkStateAsync("store", [new SaveStateItem<int>("bulk1", 1, ""), new SaveStateItem<int>("bulk2", 2, "")]);
        var values = await client.GetBulkStateAsync<int>("store", ["bulk1", "bulk2", "missing"], parallelism: 2);
        values.Select(item => (item.Key, item.Value, item.ETag.Length > 0)).Should()
            .BeEquivalentTo([("bulk1", 1, true), ("bulk2", 2, true), ("missing", 0, false)]);
        var texts = await client.GetBulkStateAsync("store", ["bulk1", "missing"], parallelism: null);
        texts.Select(item => (item.Key, item.Value)).Should().BeEquivalentTo([("bulk1", "1"), ("missing", "")]);
    }

    [Fact]
    public async Task A_transaction_is_all()
    {
        await client.SaveStateAsync("store", "tx1", 1);
        await client.ExecuteStateTransactionAsync("store", [Upsert("tx2", "2"), new StateTransactionRequest("tx1", null, StateOperationType.Delete)]);
        (await client.GetStateAndETagAsync<int>("store", "tx1")).etag.Should().BeEmpty();
        (await client.GetStateAsync<int>("store", "tx2")).Should().Be(2);
    }

    [Fact]
    public async Task A_transaction_is_nothing_when_an_etag_no_longer_holds()
    {
        await client.SaveStateAsync("store", "tx3", 1);
        var call = () => client.ExecuteStateTransactionAsync("store", [Upsert("tx4", "2"), Upsert("tx3", "3", etag: "another")]);
        await call.Should().ThrowAsync<DaprException>().WithMessage("*500 ERR_STATE_TRANSACTION*");
        (await client.GetStateAndETagAsync<int>("store", "tx4")).etag.Should().BeEmpty();
    }

    [Fact]
    public async Task A_store_that_does_not_exist_is_told()
    {
        var call = () => client.GetStateAsync<int>("nowhere", "key");
        await call.Should().ThrowAsync<DaprException>().WithMessage("*400 ERR_STATE_STORE_NOT_FOUND: state store nowhere is not found");
    }

    private static StateTransactionRequest Upsert(string key, string json, string? etag = null) =>
        new(key, System.Text.Encoding.UTF8.GetBytes(json), StateOperationType.Upsert, etag);

    private sealed record Room(string Name, int Beds);
}
