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
        })).WithSummary("Links to the searches").Answers<Dictionary<string, Links>>(StatusCodes.Status200OK);
        routes.MapGet($"{Path}/findByReservationid", (string? reservationid, ViewQueries queries, CancellationToken cancel) =>
            GetViews.OneAsync(queries, Guid.TryParse(reservationid, out var id) ? id : Guid.Empty, cancel))
            .WithSummary("The view of a reservation").AsksQuery("reservationid", "The reservation's id.", required: true)
            .AnswersResource<ViewResource>().Refuses(StatusCodes.Status404NotFound);
        routes.MapGet($"{Path}/findByPhone", (string? phone, HttpRequest request, ViewQueries queries) =>
                FindAsync("phone", phone, request, queries))
            .WithSummary("The views of a guest").AsksQuery("phone", "As it was given when booking.", required: true).AnswersPage<ViewResource>(GetViews.Views.SortFields);
        routes.MapGet($"{Path}/findByTicketnumber", (string? ticketnumber, HttpRequest request, ViewQueries queries) =>
                FindAsync("ticketnumber", ticketnumber, request, queries))
            .WithSummary("The view of a ticket").AsksQuery("ticketnumber", "As it stands on the ticket.", required: true).AnswersPage<ViewResource>(GetViews.Views.SortFields);
        routes.MapGet($"{Path}/findByReservationstatus", ByStatusAsync)
            .WithSummary("The views in a status").AsksQuery("reservationstatus", $"One or more, with commas: {string.Join(", ", Enum.GetNames<ReservationStatus>())}.", required: true)
            .AnswersPage<ViewResource>(GetViews.Views.SortFields);
    }

    private static Task<IResult> ByStatusAsync(string? reservationstatus, HttpRequest request, ViewQueries queries)
    {
        var unknown = (reservationstatus ?? "").Split(',').Except(Enum.GetNames<ReservationStatus>()).Any(name => name.Length > 0);
        return unknown
            ? Task.FromResult<IResult>(Invalid("reservationstatus", $"is none of {string.Join(", ", Enum.GetNames<ReservationStatus>())}."))
            : FindAsync("reservationstatus", reservationstatus, request, queries, separator: ',');
    }

    /// <summary>Where a separator is given, it stands between several values.</summary>
    private static async Task<IResult> FindAsync(string field, string? value, HttpRequest request, ViewQueries queries, char? separator = null) => string.IsNullOrEmpty(value)
        ? Invalid(field, "is missing.")
        : await GetViews.Views.AnswerAsync(request, queries, new(field, separator is { } between ? value.Split(between) : [value]));

    private static ProblemHttpResult Invalid(string field, string reason) =>
        Problems.Invalid(StatusCodes.Status422UnprocessableEntity, new Dictionary<string, string[]> { [field] = [reason] });
}
