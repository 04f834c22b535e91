using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;

namespace Resort.Points.Events;

/// <summary>
/// Money that came earns points, and they do not outlive it. A cancellation has reversed them before its refund; what is refunded without one,
/// because the rooms were gone, is reversed here.
/// </summary>
public static class PaymentHandlers
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapEvent<PaymentPaid>(Apps.Points, (paid, services, cancel) => services.GetRequiredService<PointsBook>().EarnAsync(paid, cancel));
        routes.MapEvent<PaymentRefunded>(Apps.Points, (refunded, services, cancel) => services.GetRequiredService<PointsBook>().RefundAsync(refunded, cancel));
    }
}
