using Microsoft.EntityFrameworkCore;
using Resort.Defaults;
using Resort.View.Projections;

namespace Resort.View.Features;

/// <summary><c>GET /views</c>, <c>/views/{reservationid}</c>, <c>/views/search</c> with <c>findByReservationid</c> and <c>findByPhone</c></summary>
public static class GetViews
{
    private const string Search = "/views/search";

    private static readonly RowCollection<ViewResource> views = new("views", row => true, ViewResource.Of,
        ["reservationid", "reservationstatus", "paymentstatus", "issuestatus", "resort", "region", "date", "nights", "rooms", "persons", "name", "phone", "cost"]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/views", (HttpRequest request, ViewReader reader) => views.Answer(request, reader, more: ("search", Search)));
        routes.MapGet("/views/{reservationid:guid}", (Guid reservationid, ViewReader reader) => One(reader, reservationid));
        routes.MapGet(Search, () => Hal.Json(new Dictionary<string, Links>
        {
            ["_links"] = Links.Self(Search)
                .With("findByReservationid", $"{Search}/findByReservationid{{?reservationid}}", when: true)
                .With("findByPhone", $"{Search}/findByPhone{{?phone,page,size,sort}}", when: true),
        }));
        routes.MapGet($"{Search}/findByReservationid", (string? reservationid, ViewReader reader) =>
            One(reader, Guid.TryParse(reservationid, out var id) ? id : Guid.Empty));
        routes.MapGet($"{Search}/findByPhone", (string? phone, HttpRequest request, ViewReader reader) => string.IsNullOrEmpty(phone)
            ? Problems.Invalid(StatusCodes.Status422UnprocessableEntity, new Dictionary<string, string[]> { ["phone"] = ["is missing."] })
            : views.Answer(request, reader, view => view.Phone == phone));
    }

    private static IResult One(ViewReader reader, Guid reservationId)
    {
        var id = reservationId.ToString();
        return reader.Read(db => db.Views.AsNoTracking().FirstOrDefault(view => view.ReservationId == id)) is { } row
            ? Hal.Resource(ViewResource.Of(row))
            : Problems.NotFound("reservation");
    }
}
