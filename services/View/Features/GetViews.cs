using Resort.Defaults;
using Resort.View.Projections;

namespace Resort.View.Features;

/// <summary><c>GET /views</c>, <c>/views/{reservationid}</c></summary>
public static class GetViews
{
    internal static readonly RowCollection<ViewResource> Views = new("views", "TRUE", ViewResource.Of,
        ["reservationid", "reservationstatus", "paymentstatus", "issuestatus", "resort", "region", "date", "nights", "rooms", "persons", "name", "phone", "cost"]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/views", (HttpRequest request, ViewQueries queries) => Views.AnswerAsync(request, queries, more: ("search", SearchViews.Path)))
            .WithSummary("All reservations with all their states, as My Page shows them").AnswersPage<ViewResource>(Views.SortFields);
        routes.MapGet("/views/{reservationid:guid}", (Guid reservationid, ViewQueries queries, CancellationToken cancel) => OneAsync(queries, reservationid, cancel))
            .WithSummary("All states of a reservation, with its timeline").AnswersResource<ViewResource>().Refuses(StatusCodes.Status404NotFound);
    }

    internal static async Task<IResult> OneAsync(ViewQueries queries, Guid reservationId, CancellationToken cancel) =>
        await queries.FindAsync(reservationId.ToString(), cancel) is { } row ? Hal.Resource(ViewResource.Of(row)) : Problems.NotFound("reservation");
}
