using Resort.Sidecar.Storage;

namespace Resort.Tests.Sidecar.Storage;

public sealed class DatabaseTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("database-").FullName;
    private Database database = null!;

    private string File => Path.Combine(folder, "test.db");

    public async Task InitializeAsync()
    {
        database = Database.Open(File);
        await database.WriteAsync(session => session.Run("CREATE TABLE t (id INTEGER PRIMARY KEY, data BLOB)"));
    }

    [Fact]
    public async Task A_read_sees_what_was_written_before()
    {
        for (var i = 1; i <= 200; i++)
        {
            await InsertAsync(i, 10);
            Count().Should().Be(i);
        }
    }

    [Fact]
    public async Task Work_that_throws_undoes_only_itself()
    {
        var good = InsertAsync(1, 10);
        var bad = database.WriteAsync<int>(session =>
        {
            session.Execute("INSERT INTO t (id, data) VALUES (2, x'00')");
            throw new InvalidOperationException("no");
        });

        await good;
        await FluentActions.Awaiting(() => bad).Should().ThrowAsync<InvalidOperationException>();
        Count().Should().Be(1);
    }

    [Fact]
    public async Task The_log_beside_the_file_does_not_grow_without_end_while_it_is_read_and_written()
    {
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() => { while (!stop.IsCancellationRequested) Count(); });
        for (var i = 1; i <= 60; i++) await InsertAsync(i, 1 << 20);
        await stop.CancelAsync();
        await reading;

        new FileInfo(File + "-wal").Length.Should().BeLessThan(40 << 20, "60 MiB were written, and it is copied into the file every 16");
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private Task<int> InsertAsync(int id, int size) => database.WriteAsync(session => session.Execute("INSERT INTO t (id, data) VALUES (?1, ?2)", id, new byte[size]));

    private long Count() => database.Read(session => session.QueryFirst("SELECT count(*) FROM t", row => row.GetInt64(0)));
}
