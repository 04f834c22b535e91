using System.Text.Json.Serialization;
using Resort.Defaults;
using Resort.Reservation.Catalogue;
using Resort.Reservation.Desk;
using Resort.Reservation.Domain;

namespace Resort.Reservation.Features;

public sealed record AllotmentRequest(int? Capacity);

/// <summary>The rooms of one night as staff sees them.</summary>
public sealed record AllotmentResource(string Resort, DateOnly Date, int Capacity, int Held, int Sold, int Free)
{
    [JsonPropertyName("_links")]
    public Links Links { get; } = Links.Self(Path(Resort, Date))
        .With("resort", ResortResource.Path(Resort), when: true)
        .With("change", Path(Resort, Date), when: true, method: "PUT");

    public static AllotmentResource Of(ResortEntry resort, DateOnly date, Allotment allotment, DateTimeOffset now) =>
        new(resort.Id, date, allotment.Capacity, allotment.Held(now), allotment.Sold, allotment.Free(now));

    private static string Path(string resort, DateOnly date) => $"{ResortResource.Path(resort)}/allotments/{date:O}";
}

/// <summary><c>GET</c> and <c>PUT /resorts/{id}/allotments/{date}</c>, for staff. A capacity below what is held and sold is refused.</summary>
public sealed class PutAllotment(ResortCatalogue catalogue, AllotmentDesk desk, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/resorts/{id}/allotments/{date}", (string id, string date, PutAllotment feature, HttpContext context) =>
                feature.GetAsync(id, date, context.RequestAborted))
            .WithSummary("The rooms of one night, for staff").AnswersResource<AllotmentResource>()
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity);
        routes.MapPut("/resorts/{id}/allotments/{date}", (string id, string date, AllotmentRequest request, PutAllotment feature, HttpContext context) =>
                feature.PutAsync(id, date, request.Capacity, context))
            .WithSummary("Sets how many rooms there are in one night, for staff; never below what is held and sold")
            .Answers<AllotmentResource>(StatusCodes.Status200OK, "ETag")
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity);
    }

    private async Task<IResult> GetAsync(string id, string date, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        var day = AllotmentDay.Read(date, nameof(date), clock, errors);
        if (errors.Count > 0)
            return Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors);
        if ((await catalogue.ReadAsync(id, cancel)).Value is not { } resort)
            return Problems.NotFound("resort");
        return Hal.Resource(AllotmentResource.Of(resort, day, await desk.FindAsync(resort, day, cancel), clock.GetUtcNow()));
    }

    private async Task<IResult> PutAsync(string id, string date, int? capacity, HttpContext context)
    {
        var errors = new Dictionary<string, string[]>();
        var day = AllotmentDay.Read(date, nameof(date), clock, errors);
        if (capacity is not (>= 0 and <= ResortRules.MaxCapacity))
            errors["capacity"] = [$"must be from 0 to {ResortRules.MaxCapacity}."];
        if (errors.Count > 0)
            return Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors);
        if ((await catalogue.ReadAsync(id, context.RequestAborted)).Value is not { } resort)
            return Problems.NotFound("resort");

        var (allotment, accepted) = await desk.ResizeAsync(resort, day, capacity!.Value, CorrelationId.Of(context), context.RequestAborted);
        var resource = AllotmentResource.Of(resort, day, allotment, clock.GetUtcNow());
        return accepted ? Hal.Resource(resource) : TypedResults.Problem(
            statusCode: StatusCodes.Status409Conflict, type: "urn:resort:below_taken",
            detail: $"{resource.Held} rooms are held and {resource.Sold} sold.",
            extensions: new Dictionary<string, object?> { ["capacity"] = resource.Capacity, ["held"] = resource.Held, ["sold"] = resource.Sold });
    }
}
