using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;

namespace Resort.Issue.Events;

/// <summary>A ticket is there exactly while its money is: paid issues it, refunded or voided cancels it.</summary>
public static class PaymentHandlers
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapEvents<PaymentPaid>(Apps.Issue, (events, services, cancel) => services.GetRequiredService<TicketOffice>().IssueAsync(events, cancel));
        routes.MapEvent<PaymentRefunded>(Apps.Issue, CancelAsync);
        routes.MapEvent<PaymentVoided>(Apps.Issue, CancelAsync);
    }

    private static async Task CancelAsync<TEvent>(TEvent reversed, IServiceProvider services, CancellationToken cancel) where TEvent : ResortEvent =>
        await services.GetRequiredService<TicketOffice>().CancelAsync(reversed.ReservationId, reversed.CorrelationId, cancel);
}
