using System.Globalization;
using System.Net;
using Resort.Sidecar.Components;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Sidecar.State.Postgres;

public sealed class PostgresConnectionTests(PostgresStore postgres) : IClassFixture<PostgresStore>
{
    [ServerTheory(PostgresServer.Program)]
    [InlineData("host=127.0.0.1 port={0} user=resort database=postgres sslmode=disable", "")]
    [InlineData("host = 127.0.0.1  port='{0}' user='re\\\\sort' dbname='postgres' connect_timeout=10 application_name='two words' search_path=public statement_timeout=5000 pool_max_conns=3", "")]
    [InlineData("postgres://resort@127.0.0.1:{0}/postgres?sslmode=disable&pool_max_conn_idle_time=5m&work_mem=8MB", "")]
    [InlineData("postgresql://r%65sort:any%20word@127.0.0.1:{0},127.0.0.1:{0}/postgres", "{{ name: maxConns, value: \"5\" }}, {{ name: connectionMaxIdleTime, value: 1m }}")]
    [InlineData("host=127.0.0.9 port=1 user=nobody dbname=postgres", "{{ name: host, value: 127.0.0.1 }}, {{ name: port, value: \"{0}\" }}, {{ name: user, value: resort }}, {{ name: queryExecMode, value: exec }}")]
    [InlineData("host=nowhere.invalid hostaddr=127.0.0.1 port={0} user=resort dbname=postgres timezone=Asia/Seoul options='-c geqo=off'", "{{ name: timeout, value: \"5\" }}")]
    public async Task A_server_is_named_in_every_form_that_daprd_takes(string connectionString, string metadata)
    {
        string Fill(string text) => string.Format(CultureInfo.InvariantCulture, text, postgres.Server.Port);
        await using var sidecar = await SidecarFixture.OneAsync(PostgresStore.Of(Fill(connectionString), $"{{ name: tablePrefix, value: {postgres.Prefix()} }}, {Fill(metadata)}"));

        await sidecar.SaveAsync("""[{"key":"k","value":1}]""");

        (await sidecar.GetAsync("k")).Body.Should().Be("1");
    }

    [Theory]
    [InlineData("", "", "metadata `connectionString` is missing")]
    [InlineData("host", "", "metadata `connectionString` must be a postgres:// URL or pairs such as host=… user=… dbname=…: a pair has no '='")]
    [InlineData("host=a password='secret", "", "a quote is not closed")]
    [InlineData("host=a port=b", "", "port 'b' is no number")]
    [InlineData("host=a sslmode=maybe", "", "sslmode 'maybe' is none of disable, allow, prefer, require, verify-ca, verify-full")]
    [InlineData("postgres://a:secret%zz@b/c", "", "a '%' must be followed by two hexadecimal digits")]
    [InlineData("host=a", "{ name: timeout, value: 10ms }", "metadata `timeout` must be at least 1s, not '10ms'")]
    [InlineData("host=a", "{ name: tablePrefix, value: \"x; DROP\" }", "metadata `tablePrefix` must be letters, digits and _, with a schema before a dot, not 'x; DROP'")]
    [InlineData("host=a", "{ name: queryExecMode, value: fast }", "metadata `queryExecMode` must be cache_statement, cache_describe, describe_exec, exec or simple_protocol, not 'fast'")]
    [InlineData("host=a", "{ name: useAWSIAM, value: \"true\" }", "metadata `useAWSIAM` must be false: the embedded sidecar logs in with a name and a password or a certificate, not 'true'")]
    [InlineData("host=127.0.0.1 port=1 user=a password=secret", "", "cannot use PostgreSQL at 127.0.0.1:1: Failed to connect to 127.0.0.1:1: Connection refused")]
    public async Task A_wrong_value_ends_the_start_with_file_and_line(string connectionString, string metadata, string expected)
    {
        await using var fixture = new SidecarFixture();

        var start = () => fixture.StartAsync("shop", PostgresStore.Of(connectionString, metadata));

        var message = (await start.Should().ThrowAsync<ResourceException>()).Which.Message;
        message.Should().Contain("resources.yaml:4: ").And.Contain(expected).And.NotContain("secret");
    }

    [ServerTheory(PostgresServer.Program)]
    [InlineData("user=resort dbname=nosuch", "database \"nosuch\" does not exist (SQLSTATE 3D000)")]
    [InlineData("user=nosuch dbname=postgres", "role \"nosuch\" does not exist (SQLSTATE 28000)")]
    [InlineData("user=resort dbname=postgres nosuch_setting=1", "unrecognized configuration parameter \"nosuch_setting\" (SQLSTATE 42704)")]
    [InlineData("user=resort dbname=postgres sslmode=require", "SSL connection requested. No SSL enabled connection from this host is configured.")]
    public async Task A_server_that_refuses_ends_the_start_with_its_reason(string wrong, string expected)
    {
        await using var fixture = new SidecarFixture();

        var start = () => fixture.StartAsync("shop", PostgresStore.Of($"host=127.0.0.1 port={postgres.Server.Port} {wrong}"));

        (await start.Should().ThrowAsync<ResourceException>()).Which.Message.Should().Contain($"resources.yaml:4: cannot use PostgreSQL at 127.0.0.1:{postgres.Server.Port}: ").And.Contain(expected);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("\"\"")]
    public async Task Version_1_is_refused_with_what_to_do(string version)
    {
        await using var fixture = new SidecarFixture();

        var start = () => fixture.StartAsync("shop", PostgresStore.Of("host=a").Replace("version: v2", $"version: {version}", StringComparison.Ordinal));

        await start.Should().ThrowAsync<ResourceException>().WithMessage("*:4: the embedded sidecar has no state.postgresql v1; run this on daprd, or use `version: v2`, which keeps its data in another table");
    }

    [ServerFact(PostgresServer.Program)]
    public async Task A_server_that_dies_fails_each_operation_with_its_own_error_and_all_is_well_when_it_is_back()
    {
        await using var server = await PostgresServer.RunAsync();
        await using var sidecar = await SidecarFixture.OneAsync(PostgresStore.Of(server.ConnectionString));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => sidecar.SaveAsync($$"""[{"key":"k{{i}}","value":{{i}}}]"""))); // several connections that break

        await server.KillAsync();

        (await sidecar.GetAsync("k1")).Should().Match<StateAnswer>(answer => answer.Status == HttpStatusCode.InternalServerError && answer.Body.Code() == "ERR_STATE_GET");
        (await sidecar.SaveAsync("""[{"key":"k1","value":2}]""")).Body.Code().Should().Be("ERR_STATE_SAVE");
        (await sidecar.DeleteAsync("k1")).Body.Code().Should().Be("ERR_STATE_DELETE");
        (await sidecar.SendAsync(HttpMethod.Post, "store/bulk", """{"keys":["k1"]}""")).Body.Code().Should().Be("ERR_STATE_BULK_GET");
        (await sidecar.TransactAsync("""{"operation":"delete","request":{"key":"k1"}}""")).Body.Code().Should().Be("ERR_STATE_TRANSACTION");

        await server.StartAsync();

        foreach (var i in Enumerable.Range(0, 8)) (await sidecar.GetAsync($"k{i}")).Body.Should().Be($"{i}");
    }
}
