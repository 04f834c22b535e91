using System.Net;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Sidecar.State.Postgres;

public sealed class PostgresStoreTests(PostgresStore postgres) : IClassFixture<PostgresStore>
{
    [ServerFact(PostgresServer.Program)]
    public async Task Tables_are_laid_out_as_daprd_does_it()
    {
        await using var sidecar = await SidecarFixture.OneAsync(postgres.Component("daprd_", "{ name: metadataTableName, value: daprd_meta }"));
        await sidecar.SaveAsync("""[{"key":"k","value":{"b":"<é>","a":1},"metadata":{"ttlInSeconds":"60"}}]""");

        (await postgres.Server.AskAsync("SELECT column_name || ' ' || data_type FROM information_schema.columns WHERE table_name = 'daprd_state' ORDER BY ordinal_position")).Should().Equal(
            "key text", "value bytea", "etag uuid", "created_at timestamp with time zone", "updated_at timestamp with time zone", "expires_at timestamp with time zone", "row_id bigint");
        (await postgres.Server.AskAsync("SELECT key || ' ' || convert_from(value, 'UTF8') || ' ' || (expires_at > created_at) FROM daprd_state")).Should().Equal("""shop||k {"a":1,"b":"\u003cé\u003e"} true""");
        (await postgres.Server.AskAsync("SELECT key || ' ' || value FROM daprd_meta ORDER BY key")).Should().Equal("lock lock", "migrations-state-v2-daprd_ 2");
    }

    [ServerFact(PostgresServer.Program)]
    public async Task What_an_earlier_daprd_wrote_is_read_and_its_table_stays_as_it_is()
    {
        await postgres.Server.AskAsync("""
            CREATE TABLE early_meta (key text NOT NULL PRIMARY KEY, value text NOT NULL);
            INSERT INTO early_meta VALUES ('migrations-state-v2-early_', '1');
            CREATE TABLE early_state (key text NOT NULL PRIMARY KEY, value bytea NOT NULL, etag uuid NOT NULL DEFAULT gen_random_uuid(),
              created_at timestamp with time zone NOT NULL DEFAULT now(), updated_at timestamp with time zone, expires_at timestamp with time zone);
            INSERT INTO early_state (key, value, etag, expires_at) VALUES ('shop||k', '{"a":1}', '11111111-2222-3333-4444-555555555555', '2999-01-01 00:00:00Z'), ('shop||old', '1', gen_random_uuid(), '2020-01-01Z')
            """);
        await using var sidecar = await SidecarFixture.OneAsync(postgres.Component("early_", "{ name: metadataTableName, value: early_meta }"));

        (await sidecar.GetAsync("k")).Should().Be(new StateAnswer(HttpStatusCode.OK, """{"a":1}""", "11111111-2222-3333-4444-555555555555", "2999-01-01T00:00:00Z"));
        (await sidecar.GetAsync("old")).Status.Should().Be(HttpStatusCode.NoContent);
        (await sidecar.SaveAsync("""[{"key":"new","value":2}]""")).Status.Should().Be(HttpStatusCode.NoContent);
        (await postgres.Server.AskAsync("SELECT value FROM early_meta WHERE key LIKE 'migrations%'")).Should().Equal("1");
    }

    [ServerFact(PostgresServer.Program)]
    public async Task Sidecars_that_start_together_share_the_tables()
    {
        var component = postgres.Component(postgres.Prefix(), "{ name: keyPrefix, value: none }, { name: metadataTableName, value: together }");

        var sidecars = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SidecarFixture.OneAsync(component)));

        await sidecars[0].SaveAsync("""[{"key":"k","value":1}]""");
        foreach (var sidecar in sidecars) (await sidecar.GetAsync("k")).Body.Should().Be("1");
        foreach (var sidecar in sidecars) await sidecar.DisposeAsync();
    }

    [ServerFact(PostgresServer.Program)]
    public async Task An_etag_is_a_UUID_and_any_other_text_a_mismatch()
    {
        await using var sidecar = await SidecarFixture.OneAsync(postgres.Component(postgres.Prefix()));
        await sidecar.SaveAsync("""[{"key":"k","value":1}]""");
        var etag = (await sidecar.GetAsync("k")).ETag!;

        Guid.TryParseExact(etag, "D", out _).Should().BeTrue();
        (await sidecar.SaveAsync("""[{"key":"k","value":2,"etag":"99"}]""")).Should().Match<(HttpStatusCode Status, string Body)>(answer =>
            answer.Status == HttpStatusCode.Conflict && answer.Body.Message().EndsWith("possible etag mismatch. error from state store: invalid UUID length: 2"));
        (await sidecar.SaveAsync($$"""[{"key":"k","value":2,"etag":"{{new string('z', 36)}}"}]""")).Body.Message().Should().EndWith(": invalid UUID format");
        (await sidecar.DeleteAsync("k", Guid.Empty.ToString())).Status.Should().Be(HttpStatusCode.Conflict);
        (await sidecar.SaveAsync($$"""[{"key":"k","value":2,"etag":"{{etag}}"}]""")).Status.Should().Be(HttpStatusCode.NoContent);
        (await sidecar.DeleteAsync("k", etag)).Status.Should().Be(HttpStatusCode.Conflict);
        (await sidecar.GetAsync("k")).Body.Should().Be("2");
    }

    [ServerFact(PostgresServer.Program)]
    public async Task Only_one_of_many_first_writes_creates_a_key()
    {
        await using var sidecar = await SidecarFixture.OneAsync(postgres.Component(postgres.Prefix()));

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => sidecar.SaveAsync($$$"""[{"key":"k","value":{{{i}}},"options":{"concurrency":"first-write"}}]""")));

        answers.Count(answer => answer.Status == HttpStatusCode.NoContent).Should().Be(1);
        answers.Where(answer => answer.Status != HttpStatusCode.NoContent).Should().AllSatisfy(answer =>
            (answer.Status, answer.Body.Message()).Should().Be((HttpStatusCode.InternalServerError, "failed saving state in state store store: no item was updated")));
    }

    [ServerFact(PostgresServer.Program)]
    public async Task One_refused_operation_undoes_a_transaction_and_only_itself_in_a_save()
    {
        await using var sidecar = await SidecarFixture.OneAsync(postgres.Component(postgres.Prefix()));
        await sidecar.SaveAsync("""[{"key":"a","value":"old"},{"key":"b","value":"old"}]""");
        var stale = Guid.Empty;

        var transaction = await sidecar.TransactAsync($$$"""{"operation":"delete","request":{"key":"a"}},{"operation":"upsert","request":{"key":"b","value":"new","etag":"{{{stale}}}"}}""");
        (transaction.Status, transaction.Body.Message()).Should().Be((HttpStatusCode.InternalServerError, "error while executing state transaction: possible etag mismatch. error from state store"));
        (await BulkAsync(sidecar, "a", "b", "ghost")).Should().Match("""[{"key":"a","data":"old",*},{"key":"b","data":"old",*},{"key":"ghost"}]""");

        (await sidecar.SaveAsync($$"""[{"key":"a","value":"new"},{"key":"b","value":"new","etag":"{{stale}}"}]""")).Status.Should().Be(HttpStatusCode.Conflict);
        (await BulkAsync(sidecar, "b", "a", "b")).Should().Match("""[{"key":"b","data":"old",*},{"key":"a","data":"new",*},{"key":"b","data":"old",*}]""");
    }

    [ServerFact(PostgresServer.Program)]
    public async Task What_the_server_itself_refuses_is_refused_alone()
    {
        await using var sidecar = await SidecarFixture.OneAsync(postgres.Component(postgres.Prefix()));
        var noise = string.Concat(Enumerable.Range(0, 2000).Select(i => (i * 7919L % 100003).ToString("x"))); // an index entry is compressed before it is too large

        var (status, error) = await sidecar.SaveAsync($$"""[{"key":"a","value":1},{"key":"{{noise}}","value":2},{"key":"c","value":3}]""");

        (status, error.Code()).Should().Be((HttpStatusCode.InternalServerError, "ERR_STATE_SAVE"));
        error.Message().Should().Contain("index row").And.Contain("SQLSTATE 54000");
        (await BulkAsync(sidecar, "a", "c")).Should().Match("""[{"key":"a","data":1,*},{"key":"c","data":3,*}]""");
    }

    [ServerFact(PostgresServer.Program)]
    public async Task Expired_entries_are_gone_for_reads_and_writes_at_once_and_removed_at_intervals()
    {
        var clock = new ShiftedClock();
        var prefix = postgres.Prefix();
        await using var fixture = new SidecarFixture(clock);
        var sidecar = await fixture.StartAsync("shop", postgres.Component(prefix, "{ name: cleanupInterval, value: 20ms }"));
        await sidecar.SaveAsync("""[{"key":"k","value":1},{"key":"t","value":1,"metadata":{"ttlInSeconds":"60"}},{"key":"u","value":1,"metadata":{"ttlInSeconds":"60"}}]""");
        await sidecar.SaveAsync("""[{"key":"u","value":2}]""");
        var expiring = await sidecar.GetAsync("t");
        expiring.Expiry.Should().NotBeNull();
        clock.Advance(TimeSpan.FromSeconds(62));

        (await sidecar.GetAsync("t")).Status.Should().Be(HttpStatusCode.NoContent);
        (await sidecar.GetAsync("u")).Body.Should().Be("2");
        (await sidecar.SaveAsync($$"""[{"key":"t","value":2,"etag":"{{expiring.ETag}}"}]""")).Status.Should().Be(HttpStatusCode.Conflict);
        await Probe.UntilAsync("two rows", () => postgres.Server.AskAsync($"SELECT count(*) FROM {prefix}state"), rows => rows[0] is 2L);
        (await sidecar.SaveAsync("""[{"key":"t","value":3,"options":{"concurrency":"first-write"}}]""")).Status.Should().Be(HttpStatusCode.NoContent);
    }

    [ServerFact(PostgresServer.Program)]
    public async Task Workflows_of_a_marked_store_are_kept_in_a_file_of_their_own()
    {
        await using var fixture = new SidecarFixture();
        await fixture.StartAsync("shop", postgres.Component(postgres.Prefix(), "{ name: actorStateStore, value: \"true\" }"));

        File.Exists(Path.Combine(fixture.Process.Databases.DataDirectory, "workflows-shop.db")).Should().BeTrue();
    }

    private static async Task<string> BulkAsync(RunningSidecar sidecar, params string[] keys) =>
        (await sidecar.SendAsync(HttpMethod.Post, "store/bulk", $$"""{"keys":["{{string.Join("\",\"", keys)}}"]}""")).Body;
}
