using Npgsql;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.View;

/// <summary>The databases that the read model can be in: files, and schemas of one PostgreSQL, which is started when the first test needs it.</summary>
public sealed class Databases : IAsyncLifetime
{
    public const string Sqlite = "SQLite";
    public const string Postgres = "PostgreSQL";

    private readonly Lazy<Task<PostgresServer>> server = new(PostgresServer.RunAsync);
    private int schemas;

    /// <summary>Those that this machine has.</summary>
    public static IReadOnlyList<string> Here => ServerProgram.ReasonToSkip(PostgresServer.Program) is null ? [Sqlite, Postgres] : [Sqlite];

    public async Task<PostgresServer> ServerAsync() => await server.Value;

    /// <summary>A new read model.</summary>
    internal async Task<ReadModel> OpenAsync(string database) => await ReadModel.OpenAsync(database == Sqlite ? null : await SchemaAsync());

    /// <summary>The connection string of a new schema.</summary>
    internal async Task<string> SchemaAsync() => new NpgsqlConnectionStringBuilder((await server.Value).NpgsqlString)
    {
        SearchPath = $"test_{Interlocked.Increment(ref schemas)}",
        Pooling = true,
    }.ToString();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (server.IsValueCreated) await (await server.Value).DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class DatabaseCollection : ICollectionFixture<Databases>
{
    public const string Name = "databases";
}

/// <summary>Tells by name when only one of them is here.</summary>
public sealed class DatabasesTests
{
    [ServerFact(PostgresServer.Program)]
    public void The_read_model_is_tried_on_PostgreSQL_too() => Databases.Here.Should().Contain(Databases.Postgres);
}
