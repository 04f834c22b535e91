using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;
using Resort.View.Projections;

namespace Resort.Tests.Unit.View;

/// <summary>The read model on a file of its own, with everything that View itself uses.</summary>
internal sealed class ReadModel : IDisposable
{
    private static readonly DateTimeOffset start = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo folder;

    /// <param name="inMemory">Whether the file need not outlive the machine.</param>
    /// <param name="found">Puts a file of an earlier version there.</param>
    public ReadModel(bool inMemory = false, Action<string>? found = null)
    {
        folder = inMemory && Directory.Exists("/dev/shm") ? Directory.CreateDirectory($"/dev/shm/view-{Guid.NewGuid():n}") : Directory.CreateTempSubdirectory("view-");
        Databases = new(new DbContextOptionsBuilder<ViewDb>().UseSqlite($"Data Source={File}").Options);
        found?.Invoke(File);
        Gate = new();
        Reader = new(Databases, Gate);
        Writer = new(Databases, Gate, Listeners);
        Rebuild = new(Writer, NullLogger<Rebuild>.Instance);
        new ViewSchema(Databases, Rebuild).PrepareAsync().GetAwaiter().GetResult();
    }

    public PooledDbContextFactory<ViewDb> Databases { get; }
    public ViewGate Gate { get; }
    public ViewReader Reader { get; }
    public Listeners Listeners { get; } = new();
    public ViewWriter Writer { get; }
    public Rebuild Rebuild { get; }
    public string File => Path.Combine(folder.FullName, "view.db");

    /// <summary>All that can be read, one line per row.</summary>
    public IReadOnlyList<string> Rows() => Reader.Read(db =>
        db.Views.AsNoTracking().OrderBy(view => view.ReservationId).AsEnumerable().Select(view => JsonSerializer.Serialize(view, WireJson.Options)).ToList());

    public int Logged() => Reader.Read(db => db.Events.Count());

    public static int Seed() =>
        int.TryParse(Environment.GetEnvironmentVariable("RESORT_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Environment.TickCount;

    public static LoggedEvent Event<TEvent>(int reservation, int minute, TEvent body) where TEvent : ResortEvent
    {
        var stamped = body with
        {
            EventId = $"{reservation}:{typeof(TEvent).Name}:{minute}",
            ReservationId = Orders.Id(reservation),
            Time = start.AddMinutes(minute),
            CorrelationId = "test",
        };
        return new()
        {
            EventId = stamped.EventId,
            ReservationId = stamped.ReservationId,
            Name = typeof(TEvent).Name,
            Data = JsonSerializer.Serialize((TEvent)stamped, WireJson.Options),
        };
    }

    /// <summary>The events of a booking, from the hold on to a cancellation that was refused once; a part of them is a story as well.</summary>
    public static IReadOnlyList<LoggedEvent> Story(int reservation) =>
    [
        Event(reservation, 0, new ReservationHeld { Stay = Orders.Stay(), Cost = 240_000, PaymentType = PaymentType.Card }),
        Event(reservation, 1, new PaymentPaid { PaymentId = $"p{reservation}", Cost = 240_000, Stay = Orders.Stay() }),
        Event(reservation, 2, new ReservationPaid { PaymentId = $"p{reservation}", Cost = 240_000, Stay = Orders.Stay() }),
        Event(reservation, 3, new TicketIssued { IssuedId = $"i{reservation}", TicketNumber = "T-1", Stay = Orders.Stay() }),
        Event(reservation, 4, new ReservationConfirmed { IssuedId = $"i{reservation}", TicketNumber = "T-1", Stay = Orders.Stay() }),
        Event(reservation, 5, new ReservationCancelling { Stay = Orders.Stay(), Attempt = 1 }),
        Event(reservation, 6, new CancellationRefused { Stay = Orders.Stay(), Attempt = 1 }),
        Event(reservation, 7, new ReservationCancelling { Stay = Orders.Stay(), Attempt = 2 }),
        Event(reservation, 8, new TicketCancelled { IssuedId = $"i{reservation}" }),
        Event(reservation, 9, new PaymentRefunded { PaymentId = $"p{reservation}", Cost = 240_000 }),
        Event(reservation, 10, new ReservationCancelled { Stay = Orders.Stay() }),
    ];

    public void Dispose()
    {
        Writer.Dispose();
        Gate.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
