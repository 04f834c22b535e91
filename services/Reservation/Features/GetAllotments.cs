using System.Text.Json.Serialization;
using Resort.Defaults;
using Resort.Reservation.Catalogue;
using Resort.Reservation.Desk;
using Resort.Reservation.Domain;

namespace Resort.Reservation.Features;

/// <summary>The rooms of several nights, in their order.</summary>
public sealed record AllotmentsResource(
    [property: JsonPropertyName("_embedded")] IReadOnlyDictionary<string, IReadOnlyList<AllotmentResource>> Embedded,
    [property: JsonPropertyName("_links")] Links Links);

/// <summary><c>GET /resorts/{id}/allotments?from=&amp;to=</c>, for staff: each night from the first to the last.</summary>
public sealed class GetAllotments(ResortCatalogue catalogue, ILedgerStore store, TimeProvider clock)
{
    private const int MaxNights = 92;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/resorts/{id}/allotments",
        (string id, string? from, string? to, GetAllotments feature, CancellationToken cancel) => feature.HandleAsync(id, from, to, cancel))
        .WithSummary("The rooms of several nights, for staff")
        .AsksQuery("from", "The first night, yyyy-MM-dd.", required: true).AsksQuery("to", $"The last night; at most {MaxNights} are shown.", required: true)
        .Answers<AllotmentsResource>(StatusCodes.Status200OK).Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity);

    private async Task<IResult> HandleAsync(string id, string? from, string? to, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        var first = AllotmentDay.Read(from, nameof(from), clock, errors);
        var last = AllotmentDay.Read(to, nameof(to), clock, errors);
        var count = last.DayNumber - first.DayNumber + 1;
        if (errors.Count == 0 && count is < 1 or > MaxNights)
            errors[nameof(to)] = [$"must not be before from, and at most {MaxNights} nights are shown."];
        if (errors.Count > 0)
            return Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors);
        if ((await catalogue.ReadAsync(id, cancel)).Value is not { } resort)
            return Problems.NotFound("resort");

        var nights = Night.Of(resort.Id, first, count);
        var page = await store.ReadAsync([], nights, cancel);
        var now = clock.GetUtcNow();
        var path = ResortResource.Path(resort.Id);
        return Hal.Json(new AllotmentsResource(
            new Dictionary<string, IReadOnlyList<AllotmentResource>>
            {
                ["allotments"] = [.. nights.Select(night => AllotmentResource.Of(resort, night.Date, page.Night(night, resort.DefaultCapacity), now))],
            },
            Links.Self($"{path}/allotments?from={first:O}&to={last:O}").With("resort", path, when: true)));
    }
}
