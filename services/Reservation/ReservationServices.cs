using Dapr.Client;
using Dapr.Workflow;
using Resort.Contracts;
using Resort.Defaults;
using Resort.Reservation.Catalogue;
using Resort.Reservation.Desk;
using Resort.Reservation.Events;
using Resort.Reservation.Features;
using Resort.Reservation.Neighbours;
using Resort.Reservation.Sagas;
using Resort.Workflows;

namespace Resort.Reservation;

internal static class ReservationServices
{
    public static void AddReservations(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(builder.Configuration.GetSection("Saga").Get<BookingSettings>() ?? new());
        services.AddSingleton<ResortCatalogue>().AddSingleton<ICapacities>(s => s.GetRequiredService<ResortCatalogue>());
        services.AddSingleton<ILedgerStore, DaprLedgerStore>();
        services.AddSingleton<ReservationDesk>();
        services.AddSingleton<AllotmentDesk>();
        services.AddSingleton<IBookingEvents, BookingEvents>();
        services.AddSingleton<ReservationRules>();
        services.AddSingleton(s => new IdempotencyRecords(s.GetRequiredService<DaprClient>(), Components.ReservationStore));
        services.AddSingleton<MakeReservation>();
        services.AddSingleton<ContactDesk>().AddSingleton<ChangeReservation>();
        services.AddSingleton<ReceiveDeposit>();
        services.AddSingleton<ReservationLookup>();
        services.AddSingleton<ResortRules>();
        services.AddSingleton<PutResort>();
        services.AddSingleton<GetAllotments>().AddSingleton<PutAllotment>();
        services.DescribeRequests();
    }

    /// <summary>The sagas run here: their steps reach rooms, Payment, Issue and Points through these ports.</summary>
    public static void AddSagas(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddDaprWorkflow(options => options.RegisterSagas());
        services.AddSingleton<ISagas, DaprSagas>().AddSingleton<BookingProgress>();
        services.AddSingleton<Bookings>().AddSingleton<IBookings>(s => s.GetRequiredService<Bookings>());
        services.AddSingleton<PaymentOutage>();
        services.AddSingleton(s => new PaymentClient(Invoke(s, Apps.Payment), s.GetRequiredService<PaymentOutage>())).AddSingleton<IPayments>(s => s.GetRequiredService<PaymentClient>());
        services.AddSingleton<IPoints>(s => new PointsClient(Invoke(s, Apps.Points)));
        services.AddSingleton<ITickets>(s => new IssueClient(Invoke(s, Apps.Issue)));
    }

    public static void MapReservations(this WebApplication app)
    {
        MakeReservation.Map(app);
        GetReservation.Map(app);
        ChangeReservation.Map(app);
        CancelReservation.Map(app);
        ReceiveDeposit.Map(app);
        GetResorts.Map(app);
        PutResort.Map(app);
        GetAllotments.Map(app);
        PutAllotment.Map(app);
        TicketHandlers.Map(app);
        app.MapSubscribeHandler();
        app.MapApiDescription();
    }

    private static HttpClient Invoke(IServiceProvider services, string app)
    {
        var client = services.GetRequiredService<DaprClient>().CreateInvokableHttpClient(app);
        client.Timeout = TimeSpan.FromSeconds(10); // the last resort: Dapr has a shorter one
        return client;
    }
}
