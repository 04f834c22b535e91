using System.Linq.Expressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Resort.Contracts;
using Resort.Defaults;
using Resort.View.Projections;

namespace Resort.View.Features;

/// <summary><c>GET /views/search</c>, which links to the searches: by reservation, phone, status and ticket.</summary>
public static class SearchViews
{
    public const string Path = "/views/search";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, () => Hal.Json(new Dictionary<string, Links>
        {
            ["_links"] = Links.Self(Path)
                .With("findByReservationid", $"{Path}/findByReservationid{{?reservationid}}", when: true)
                .With("findByPhone", $"{Path}/findByPhone{{?phone,page,size,sort}}", when: true)
                .With("findByReservationstatus", $"{Path}/findByReservationstatus{{?reservationstatus,page,size,sort}}", when: true)
                .With("findByTicketnumber", $"{Path}/findByTicketnumber{{?ticketnumber,page,size,sort}}", when: true),
        }));
        routes.MapGet($"{Path}/findByReservationid", (string? reservationid, ViewReader reader) =>
            GetViews.One(reader, Guid.TryParse(reservationid, out var id) ? id : Guid.Empty));
        routes.MapGet($"{Path}/findByPhone", (string? phone, HttpRequest request, ViewReader reader) =>
            Find("phone", phone, view => view.Phone == phone, request, reader));
        routes.MapGet($"{Path}/findByTicketnumber", (string? ticketnumber, HttpRequest request, ViewReader reader) =>
            Find("ticketnumber", ticketnumber, view => view.TicketNumber == ticketnumber, request, reader));
        routes.MapGet($"{Path}/findByReservationstatus", ByStatus);
    }

    // several are separated by commas
    private static IResult ByStatus(string? reservationstatus, HttpRequest request, ViewReader reader)
    {
        var statuses = new List<ReservationStatus>();
        foreach (var name in (reservationstatus ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
            if (Enum.GetNames<ReservationStatus>().Contains(name))
                statuses.Add(Enum.Parse<ReservationStatus>(name));
            else
                return Invalid("reservationstatus", $"is none of {string.Join(", ", Enum.GetNames<ReservationStatus>())}.");
        return Find("reservationstatus", reservationstatus, view => statuses.Contains(view.ReservationStatus), request, reader);
    }

    private static IResult Find(string field, string? value, Expression<Func<ViewRow, bool>> search, HttpRequest request, ViewReader reader) =>
        string.IsNullOrEmpty(value) ? Invalid(field, "is missing.") : GetViews.Views.Answer(request, reader, search);

    private static ProblemHttpResult Invalid(string field, string reason) =>
        Problems.Invalid(StatusCodes.Status422UnprocessableEntity, new Dictionary<string, string[]> { [field] = [reason] });
}
