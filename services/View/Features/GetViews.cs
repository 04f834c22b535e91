using Microsoft.EntityFrameworkCore;
using Resort.Defaults;
using Resort.View.Projections;

namespace Resort.View.Features;

/// <summary><c>GET /views</c>, <c>/views/{reservationid}</c>, <c>/views/search/findByReservationid</c>, <c>/views/search/findByPhone</c></summary>
public static class GetViews
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/views", (string? page, string? size, ViewReader views) => List(views, all => all, "/views", page, size));
        routes.MapGet("/views/{reservationid:guid}", (Guid reservationid, ViewReader views) => One(views, reservationid));
        routes.MapGet("/views/search/findByReservationid", (string? reservationid, ViewReader views) =>
            One(views, Guid.TryParse(reservationid, out var id) ? id : Guid.Empty));
        routes.MapGet("/views/search/findByPhone", (string? phone, string? page, string? size, ViewReader views) => ListByPhone(views, phone, page, size));
    }

    private static IResult ListByPhone(ViewReader views, string? phone, string? page, string? size) =>
        string.IsNullOrEmpty(phone)
            ? Problems.Invalid(StatusCodes.Status422UnprocessableEntity, new Dictionary<string, string[]> { ["phone"] = ["is missing."] })
            : List(views, all => all.Where(view => view.Phone == phone), $"/views/search/findByPhone?phone={Uri.EscapeDataString(phone)}", page, size);

    private static IResult One(ViewReader views, Guid reservationId)
    {
        var id = reservationId.ToString();
        return views.Read(db => db.Views.AsNoTracking().FirstOrDefault(view => view.ReservationId == id)) is { } row
            ? Hal.Json(ViewResource.Of(row))
            : Problems.NotFound("reservation");
    }

    // Newest first: the ids begin with their time
    private static IResult List(ViewReader views, Func<IQueryable<ViewRow>, IQueryable<ViewRow>> choose, string self, string? page, string? size)
    {
        var errors = new Dictionary<string, string[]>();
        var paging = Paging.Read(page, size, errors);
        if (errors.Count > 0)
            return Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors);
        var (total, rows) = views.Read(db =>
        {
            var chosen = choose(db.Views.AsNoTracking());
            return (chosen.Count(), chosen.OrderByDescending(view => view.ReservationId).Skip(paging.Skip).Take(paging.Size).ToList());
        });
        return Hal.Json(new Dictionary<string, object>
        {
            ["_embedded"] = new { views = rows.Select(ViewResource.Of) },
            ["page"] = paging.Of(total),
            ["_links"] = Links.Self(self),
        });
    }
}
