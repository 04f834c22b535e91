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
        routes.MapEvents<PaymentPaid>(Apps.Points, (events, services, cancel) =>
            EachAsync(events, paid => services.GetRequiredService<PointsBook>().EarnAsync(paid, cancel)));
        routes.MapEvents<PaymentRefunded>(Apps.Points, (events, services, cancel) =>
            EachAsync(events, refunded => services.GetRequiredService<PointsBook>().RefundAsync(refunded, cancel)));
    }

    // the book groups them again
    private static Task EachAsync<TEvent>(IReadOnlyList<TEvent> events, Func<TEvent, Task> handle) => Task.WhenAll(events.Select(handle));
}
