using Resort.Defaults;
using Resort.View.Projections;

namespace Resort.View.Features;

/// <summary><c>POST /views/rebuild</c>: 200 with what it came to, or 202 when it takes long; asked again, it tells of the same rebuild.</summary>
public static class RebuildViews
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/views/rebuild", HandleAsync)
        .WithSummary("Makes the read model again from its event log; 202 when it takes long")
        .Answers<RebuildCounts>(StatusCodes.Status200OK).Answers(StatusCodes.Status202Accepted);

    private static async Task<IResult> HandleAsync(Rebuild rebuild, TimeProvider clock, CancellationToken cancel)
    {
        try
        {
            return Hal.Json(await rebuild.RunAsync().WaitAsync(patience, clock, cancel));
        }
        catch (TimeoutException)
        {
            return TypedResults.StatusCode(StatusCodes.Status202Accepted);
        }
    }
}
