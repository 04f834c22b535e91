using System.Text.Json.Serialization;
using Resort.Defaults;
using Resort.Reservation.Catalogue;
using Resort.Reservation.Desk;
using Resort.Reservation.Domain;

namespace Resort.Reservation.Features;

public sealed record ResortResource(string Id, string Region, string Resort, long Rate, int MaxPersonsPerRoom, int DefaultCapacity)
{
    [JsonPropertyName("_links")]
    public Links Links { get; } = Links.Self(Path(Id))
        .With("availability", $"{Path(Id)}/availability{{?date,nights}}", when: true)
        .With("allotments", $"{Path(Id)}/allotments{{?from,to}}", when: true)
        .With("allotment", $"{Path(Id)}/allotments/{{date}}", when: true)
        .With("reserve", "/reservations", when: true, method: "POST");

    public static string Path(string id) => $"/resorts/{id}";

    public static ResortResource Of(ResortEntry entry) =>
        new(entry.Id, entry.Region, entry.Resort, entry.Rate, entry.MaxPersonsPerRoom, entry.DefaultCapacity);
}

/// <summary>Free: the rooms that are free on every night. Cost: of one room.</summary>
public sealed record Availability(string Resort, DateOnly Date, int Nights, int Free, long Rate, long Cost);

/// <summary><c>GET /resorts</c>, <c>/resorts/{id}</c>, <c>/resorts/{id}/availability?date=&amp;nights=</c></summary>
public static class GetResorts
{
    private const int MaxNights = 30;

    private static readonly Dictionary<string, Func<ResortEntry, IComparable>> columns = new()
    {
        ["id"] = resort => resort.Id,
        ["region"] = resort => resort.Region,
        ["resort"] = resort => resort.Resort,
        ["rate"] = resort => resort.Rate,
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/resorts", ListAsync).WithSummary("The resorts").AnswersPage<ResortResource>(columns.Keys);
        routes.MapGet("/resorts/{id}", async (string id, ResortCatalogue catalogue, CancellationToken cancel) =>
            (await catalogue.ReadAsync(id, cancel)).Value is { } resort ? Hal.Resource(ResortResource.Of(resort)) : Problems.NotFound("resort"))
            .WithSummary("A resort").AnswersResource<ResortResource>().Refuses(StatusCodes.Status404NotFound);
        routes.MapGet("/resorts/{id}/availability", AvailabilityAsync)
            .WithSummary("The rooms that are free on every night, and the price of one")
            .AsksQuery("date", "The day of arrival, yyyy-MM-dd.", required: true).AsksWhole("nights", "1 unless told.", 1, MaxNights)
            .Produces<Availability>().Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, string? page, string? size, ResortCatalogue catalogue)
    {
        var errors = new Dictionary<string, string[]>();
        var paging = Paging.Read(page, size, errors);
        var sortings = Sorting.Read(request.Query["sort"], columns.Keys, errors);
        if (errors.Count > 0)
            return Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors);
        var all = await catalogue.AllAsync();
        var sorted = sortings.Reverse().Aggregate(all.AsEnumerable(), (resorts, sorting) => sorting.Descending
            ? resorts.OrderByDescending(columns[sorting.Field])
            : resorts.OrderBy(columns[sorting.Field]));
        return Hal.Page(request, "resorts", sorted.Skip(paging.Skip).Take(paging.Size).Select(ResortResource.Of), paging.Of(all.Count));
    }

    private static async Task<IResult> AvailabilityAsync(
        string id, string? date, string? nights, ResortCatalogue catalogue, ILedgerStore store, TimeProvider clock, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", out var arrival) || arrival > DateOnly.MaxValue.AddDays(-MaxNights))
            errors["date"] = ["must be a day as yyyy-MM-dd."];
        if (!int.TryParse(nights ?? "1", out var count) || count is < 1 or > MaxNights)
            errors["nights"] = [$"must be from 1 to {MaxNights}."];
        if (errors.Count > 0)
            return Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors);
        if (await catalogue.FindAsync(id) is not { } resort)
            return Problems.NotFound("resort");

        var stay = Night.Of(resort.Id, arrival, count);
        var page = await store.ReadAsync([], stay, cancel);
        var free = stay.Min(night => page.Night(night, resort.DefaultCapacity).Free(clock.GetUtcNow()));
        return TypedResults.Ok(new Availability(resort.Id, arrival, count, free, resort.Rate, resort.Price(rooms: 1, count)));
    }
}
