using Microsoft.EntityFrameworkCore;
using Resort.Defaults;
using Resort.View.Projections;

namespace Resort.View.Features;

/// <summary><c>GET /views</c>, <c>/views/{reservationid}</c>, <c>/views/search/findByReservationid</c>, <c>/views/search/findByPhone</c></summary>
public static class GetViews
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/views", (string? page, string? size, ViewDb db, CancellationToken cancel) =>
            ListAsync(db.Views, "/views", page, size, cancel));
        routes.MapGet("/views/{reservationid:guid}", (Guid reservationid, ViewDb db, CancellationToken cancel) =>
            OneAsync(db, reservationid, cancel));
        routes.MapGet("/views/search/findByReservationid", (string? reservationid, ViewDb db, CancellationToken cancel) =>
            OneAsync(db, Guid.TryParse(reservationid, out var id) ? id : Guid.Empty, cancel));
        routes.MapGet("/views/search/findByPhone", (string? phone, string? page, string? size, ViewDb db, CancellationToken cancel) =>
            ListByPhoneAsync(db, phone, page, size, cancel));
    }

    private static async Task<IResult> ListByPhoneAsync(ViewDb db, string? phone, string? page, string? size, CancellationToken cancel) =>
        string.IsNullOrEmpty(phone)
            ? Problems.Invalid(StatusCodes.Status422UnprocessableEntity, new Dictionary<string, string[]> { ["phone"] = ["is missing."] })
            : await ListAsync(db.Views.Where(view => view.Phone == phone), $"/views/search/findByPhone?phone={Uri.EscapeDataString(phone)}", page, size, cancel);

    private static async Task<IResult> OneAsync(ViewDb db, Guid reservationId, CancellationToken cancel)
    {
        var id = reservationId.ToString();
        return await db.Views.AsNoTracking().FirstOrDefaultAsync(view => view.ReservationId == id, cancel) is { } row
            ? Hal.Json(ViewResource.Of(row))
            : Problems.NotFound("reservation");
    }

    // Newest first: the ids begin with their time
    private static async Task<IResult> ListAsync(IQueryable<ViewRow> views, string self, string? page, string? size, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        var paging = Paging.Read(page, size, errors);
        if (errors.Count > 0)
            return Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors);
        var total = await views.CountAsync(cancel);
        var rows = await views.AsNoTracking().OrderByDescending(view => view.ReservationId).Skip(paging.Skip).Take(paging.Size).ToListAsync(cancel);
        return Hal.Json(new Dictionary<string, object>
        {
            ["_embedded"] = new { views = rows.Select(ViewResource.Of) },
            ["page"] = paging.Of(total),
            ["_links"] = Links.Self(self),
        });
    }
}
