using System.Net;
using Resort.Sidecar.State;
using Resort.Sidecar.Storage;

namespace Resort.Tests.Sidecar.State;

public sealed class SqliteStoreTests
{
    [Fact]
    public async Task Values_etags_and_expiries_are_there_after_a_restart()
    {
        await using var fixture = new SidecarFixture();
        var sidecar = await fixture.StartAsync("shop", StateCalls.Store("state.sqlite"));
        await sidecar.SaveAsync("""[{"key":"k","value":{"a":1}},{"key":"t","value":1,"metadata":{"ttlInSeconds":"600"}}]""");
        var (value, expiring) = (await sidecar.GetAsync("k"), await sidecar.GetAsync("t"));

        await fixture.RestartAsync();

        (await sidecar.GetAsync("k")).Should().Be(value);
        (await sidecar.GetAsync("t")).Should().Be(expiring);
        (await sidecar.SaveAsync($$"""[{"key":"k","value":2,"etag":"{{value.ETag}}"}]""")).Status.Should().Be(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData(":memory:")]
    [InlineData("file::memory:")]
    [InlineData("file:any?mode=memory&cache=shared")]
    public async Task A_database_in_memory_is_empty_after_a_restart(string connectionString)
    {
        await using var fixture = new SidecarFixture();
        var sidecar = await fixture.StartAsync("shop", StateCalls.Component("store", "state.sqlite", $"{{ name: connectionString, value: \"{connectionString}\" }}"));
        await sidecar.SaveAsync("""[{"key":"k","value":1}]""");
        (await sidecar.GetAsync("k")).Body.Should().Be("1");

        await fixture.RestartAsync();

        (await sidecar.GetAsync("k")).Status.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Paths_URIs_and_aliases_name_the_same_file()
    {
        await using var fixture = new SidecarFixture();
        var absolute = Path.Combine(fixture.Process.Databases.DataDirectory, "a b.db");
        string[] spellings = ["connectionString, value: a b.db", $"url, value: \"{absolute}\"", $"connectionString, value: \"file:{absolute.Replace(" ", "%20", StringComparison.Ordinal)}?_txlock=immediate\""];
        var sidecar = await fixture.StartAsync("shop", string.Concat(spellings.Select((spelling, i) =>
            StateCalls.Component($"s{i}", "state.sqlite", $"{{ name: {spelling} }}, {{ name: keyPrefix, value: none }}"))));

        await sidecar.SaveAsync("""[{"key":"k","value":1}]""", "s0");

        (await sidecar.GetAsync("k", "s1")).Body.Should().Be("1");
        (await sidecar.GetAsync("k", "s2")).Body.Should().Be("1");
        File.Exists(absolute).Should().BeTrue();
    }

    [Fact]
    public async Task Tables_are_laid_out_as_daprd_does_it()
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.sqlite", "{ name: tableName, value: orders }, { name: metadataTableName, value: orders_meta }"));
        await sidecar.SaveAsync("""[{"key":"k","value":"é","metadata":{"ttlInSeconds":"60"}}]""");

        var row = Database(sidecar).Read(session => session.QueryFirst(
            "SELECT key, value, typeof(value), is_binary, expiration_time > update_time FROM orders", row => string.Join(' ', Enumerable.Range(0, 5).Select(row.GetString))));
        var migrations = Database(sidecar).Read(session => session.QueryFirst("SELECT value FROM orders_meta WHERE key = 'migrations'", found => found.GetString(0)));

        row.Should().Be("shop||k \"é\" text 0 1");
        migrations.Should().Be("1");
    }

    [Fact]
    public async Task Entries_that_daprd_wrote_are_read()
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.sqlite"));
        await Database(sidecar).WriteAsync(session => session.Run("""
            INSERT INTO state (key, value, is_binary, etag, expiration_time) VALUES
              ('shop||text', '{"a":1}', FALSE, 'e1', NULL), ('shop||binary', 'IkJJTkFSWSI=', TRUE, 'e2', '2999-01-01 00:00:00'), ('shop||old', '1', FALSE, 'e3', '2020-01-01 00:00:00')
            """));

        (await sidecar.GetAsync("text")).Should().Be(new StateAnswer(HttpStatusCode.OK, """{"a":1}""", "e1", null));
        (await sidecar.GetAsync("binary")).Should().Be(new StateAnswer(HttpStatusCode.OK, "\"BINARY\"", "e2", "2999-01-01T00:00:00Z"));
        (await sidecar.GetAsync("old")).Status.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Expired_rows_are_removed_at_intervals()
    {
        var clock = new ShiftedClock();
        await using var fixture = new SidecarFixture(clock);
        var sidecar = await fixture.StartAsync("shop", StateCalls.Store("state.sqlite", "{ name: cleanupInterval, value: 20ms }"));
        await sidecar.SaveAsync("""[{"key":"k","value":1},{"key":"t","value":1,"metadata":{"ttlInSeconds":"60"}}]""");
        clock.Advance(TimeSpan.FromSeconds(61));

        await Probe.UntilAsync("one row", () => Database(sidecar).Read(session => session.QueryFirst("SELECT count(*) FROM state", row => row.GetInt32(0))), rows => rows == 1);
    }

    [Fact]
    public async Task A_full_disk_fails_writes_with_the_operations_own_error_and_later_ones_work()
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.sqlite"));
        await sidecar.SaveAsync("""[{"key":"k","value":"before"}]""");
        await LimitAsync(sidecar, "page_count");
        var large = new string('x', 100_000);

        var save = await sidecar.SaveAsync($$"""[{"key":"k","value":"{{large}}"}]""");
        var transaction = await sidecar.TransactAsync($$$"""{"operation":"upsert","request":{"key":"k","value":"{{{large}}}"}}""");

        (save.Status, save.Body.Code()).Should().Be((HttpStatusCode.InternalServerError, "ERR_STATE_SAVE"));
        save.Body.Message().Should().Contain("failed saving state in state store store: ").And.Contain("full");
        (transaction.Status, transaction.Body.Code()).Should().Be((HttpStatusCode.InternalServerError, "ERR_STATE_TRANSACTION"));
        (await sidecar.GetAsync("k")).Body.Should().Be("\"before\"");

        await LimitAsync(sidecar, "4294967294");
        (await sidecar.SaveAsync($$"""[{"key":"k","value":"{{large}}"}]""")).Status.Should().Be(HttpStatusCode.NoContent);
        (await sidecar.GetAsync("k")).Body.Should().Be($"\"{large}\"");
    }

    [Fact]
    public async Task A_table_that_is_gone_fails_each_operation_with_its_own_error()
    {
        await using var sidecar = await SidecarFixture.OneAsync(StateCalls.Store("state.sqlite"));
        await Database(sidecar).WriteAsync(session => session.Run("DROP TABLE state"));

        (await sidecar.GetAsync("k")).Should().Match<StateAnswer>(answer => answer.Status == HttpStatusCode.InternalServerError && answer.Body.Code() == "ERR_STATE_GET");
        (await sidecar.SaveAsync("""[{"key":"k","value":1}]""")).Body.Code().Should().Be("ERR_STATE_SAVE");
        (await sidecar.DeleteAsync("k")).Body.Code().Should().Be("ERR_STATE_DELETE");
        (await sidecar.SendAsync(HttpMethod.Post, "store/bulk", """{"keys":["k"]}""")).Body.Code().Should().Be("ERR_STATE_BULK_GET");
        (await sidecar.TransactAsync("""{"operation":"delete","request":{"key":"k"}}""")).Body.Code().Should().Be("ERR_STATE_TRANSACTION");
    }

    private static Database Database(RunningSidecar sidecar) => ((SqliteStateStore)sidecar.Runtime.States.All["store"].Store).Database;

    private static Task LimitAsync(RunningSidecar sidecar, string pages) => Database(sidecar).WriteAsync(session =>
    {
        var limit = pages == "page_count" ? session.QueryFirst("PRAGMA page_count", row => row.GetInt64(0)).ToString() : pages;
        session.QueryFirst($"PRAGMA max_page_count = {limit}", row => row.GetInt64(0));
    });
}
