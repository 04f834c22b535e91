using System.Globalization;
using Npgsql;

namespace Resort.Tests.Harness.Servers;

/// <summary>A PostgreSQL whose superuser <c>resort</c> needs no password; commits are on disk before they are answered.</summary>
public sealed class PostgresServer() : TestServer(Program)
{
    public const string Program = "postgres";

    /// <summary>What components call <c>connectionString</c>.</summary>
    public string ConnectionString => $"host=127.0.0.1 port={PortText} user=resort dbname=postgres sslmode=disable";

    /// <summary>The same as a URL.</summary>
    public string Url => $"postgres://resort@127.0.0.1:{PortText}/postgres?sslmode=disable";

    /// <summary>The same in the words of Npgsql.</summary>
    public string NpgsqlString => $"Host=127.0.0.1;Port={PortText};Username=resort;Database=postgres;SSL Mode=Disable;Timeout=5;Pooling=false";

    protected override bool RefusesRoot => true;

    /// <summary>Which ends connections; without, a stop waits for the last client.</summary>
    protected override string StopSignal => "INT";

    protected override IEnumerable<string> Arguments => ["-D", Data, "-p", PortText, "-k", Folder, "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=300"];

    private string Data => Path.Combine(Folder, "data");

    private string PortText => Port.ToString(CultureInfo.InvariantCulture);

    public static async Task<PostgresServer> RunAsync()
    {
        var server = new PostgresServer();
        try { await server.StartAsync(); }
        catch { await server.DisposeAsync(); throw; }
        return server;
    }

    /// <summary>The first column of all rows that a statement gives.</summary>
    public async Task<IReadOnlyList<object?>> AskAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(NpgsqlString);
        await using var command = source.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        List<object?> found = [];
        while (await rows.ReadAsync()) found.Add(await rows.IsDBNullAsync(0) ? null : rows.GetValue(0));
        return found;
    }

    protected override Task PrepareAsync() => RunToolAsync("initdb", "-D", Data, "-U", "resort", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync");

    protected override async Task<bool> IsReadyAsync()
    {
        try { return (await AskAsync("SELECT 1")).Count == 1; }
        catch (NpgsqlException e) { throw new IOException(e.Message, e); }
    }
}
