using Microsoft.EntityFrameworkCore;
using Resort.Defaults;
using Resort.View.Projections;

namespace Resort.View.Features;

/// <summary><c>GET /views</c>, <c>/views/{reservationid}</c></summary>
public static class GetViews
{
    internal static readonly RowCollection<ViewResource> Views = new("views", row => true, ViewResource.Of,
        ["reservationid", "reservationstatus", "paymentstatus", "issuestatus", "resort", "region", "date", "nights", "rooms", "persons", "name", "phone", "cost"]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/views", (HttpRequest request, ViewReader reader) => Views.Answer(request, reader, more: ("search", SearchViews.Path)));
        routes.MapGet("/views/{reservationid:guid}", (Guid reservationid, ViewReader reader) => One(reader, reservationid));
    }

    internal static IResult One(ViewReader reader, Guid reservationId)
    {
        var id = reservationId.ToString();
        return reader.Read(db => db.Views.AsNoTracking().FirstOrDefault(view => view.ReservationId == id)) is { } row
            ? Hal.Resource(ViewResource.Of(row))
            : Problems.NotFound("reservation");
    }
}
