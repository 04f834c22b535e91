using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Sidecar.State.Postgres;

/// <summary>One PostgreSQL for the tests of a class; each test has tables of its own.</summary>
public sealed class PostgresStore : IAsyncLifetime
{
    private int tests;

    internal PostgresServer Server { get; } = new();

    public async Task InitializeAsync()
    {
        if (ServerProgram.ReasonToSkip(PostgresServer.Program) is null) await Server.StartAsync();
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>A prefix for tables that no other test has.</summary>
    internal string Prefix() => $"t{Interlocked.Increment(ref tests)}_";

    /// <summary>A component named <c>store</c> over tables of that prefix.</summary>
    internal string Component(string prefix, string metadata = "") => Of(Server.ConnectionString, $"{{ name: tablePrefix, value: {prefix} }}, {metadata}");

    /// <summary>A component named <c>store</c>.</summary>
    internal static string Of(string connectionString, string metadata = "") =>
        StateCalls.Component("store", "state.postgresql", $"{{ name: connectionString, value: \"{connectionString}\" }}, {metadata}").Replace("version: v1", "version: v2", StringComparison.Ordinal);
}
