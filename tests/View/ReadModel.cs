using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Resort.Defaults;
using Resort.View.Database;
using Resort.View.Projections;

namespace Resort.Tests.View;

/// <summary>A read model with everything that View itself uses.</summary>
internal sealed class ReadModel : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly CancellationTokenSource stop = new();
    private readonly Task following;

    private ReadModel(string connectionString, DirectoryInfo folder)
    {
        this.folder = folder;
        Database = DatabaseChoice.Of(connectionString, folder.FullName, Listeners, TimeProvider.System);
        Writer = new(Database, new BookingMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()));
        Rebuild = new(Database, Writer, NullLogger<Rebuild>.Instance);
        Queries = new(Database);
        Log = new(Database);
        following = Database.FollowAsync(stop.Token);
    }

    public ViewDatabase Database { get; }
    public Listeners Listeners { get; } = new();
    public ViewWriter Writer { get; }
    public Rebuild Rebuild { get; }
    public ViewQueries Queries { get; }
    public ChangeLog Log { get; }
    public string File => Path.Combine(folder.FullName, "view.db");

    /// <param name="connectionString">Of PostgreSQL; null for a file of its own.</param>
    /// <param name="inMemory">Whether the file need not outlive the machine.</param>
    /// <param name="found">Puts a file of an earlier version there.</param>
    public static async Task<ReadModel> OpenAsync(string? connectionString = null, bool inMemory = false, Action<string>? found = null)
    {
        var folder = inMemory && Directory.Exists("/dev/shm") ? Directory.CreateDirectory($"/dev/shm/view-{Guid.NewGuid():n}") : Directory.CreateTempSubdirectory("view-");
        found?.Invoke(Path.Combine(folder.FullName, "view.db"));
        var model = new ReadModel(connectionString ?? "Data Source=view.db", folder);
        await model.PrepareAsync();
        return model;
    }

    public Task PrepareAsync() => new ViewSchema(Database, Rebuild).PrepareAsync();

    /// <summary>All that can be read, one line per row.</summary>
    public Task<List<string>> RowsAsync() => Database.ReadAsync(connection =>
        connection.ListAsync("SELECT * FROM Views ORDER BY ReservationId", row => JsonSerializer.Serialize(ViewTable.Read(row), WireJson.Options)), default);

    public Task<long> NumberAsync(string sql) => Database.ReadAsync(connection => connection.NumberAsync(sql), default);

    /// <summary>Writes what View itself would not.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var writer = await Database.OpenWriterAsync();
        await writer.Connection.ExecuteAsync(sql);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await following.ContinueWith(_ => { }, TaskScheduler.Default);
        await Writer.DisposeAsync();
        await Database.DisposeAsync();
        stop.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
