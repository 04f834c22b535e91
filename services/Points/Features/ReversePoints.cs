using Resort.Contracts;
using Resort.Defaults;

namespace Resort.Points.Features;

/// <summary>
/// <c>POST /point-reversals</c> and its undo, <c>POST /point-restorations</c>, called by the cancellation saga. A reservation that has not earned
/// is reversed as well: what it earns later is taken back at once.
/// </summary>
public static class ReversePoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/point-reversals", async (PointsRequest request, PointsBook book, HttpContext context) =>
            new PointsResult((await book.ReverseAsync(request, CorrelationId.Of(context), context.RequestAborted)).Worth));
        routes.MapPost("/point-restorations", async (PointsRequest request, PointsBook book, HttpContext context) =>
            new PointsResult((await book.RestoreAsync(request, CorrelationId.Of(context), context.RequestAborted)).Worth));
    }
}
