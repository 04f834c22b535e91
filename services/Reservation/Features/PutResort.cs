using Dapr;
using Resort.Defaults;
using Resort.Reservation.Catalogue;

namespace Resort.Reservation.Features;

/// <summary><c>PUT /resorts/{id}</c>, for staff: creates a resort or changes it. With <c>If-Match</c> only the one that was seen.</summary>
public sealed class PutResort(ResortCatalogue catalogue, ResortRules rules)
{
    private const int Rounds = 5;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/resorts/{id}",
        (string id, ResortRequest request, PutResort feature, HttpContext context) => feature.HandleAsync(id, request, context))
        .WithSummary("Creates a resort or changes it, for staff").AsksIfMatch()
        .Answers<ResortResource>(StatusCodes.Status200OK, "ETag").Answers<ResortResource>(StatusCodes.Status201Created, "ETag", "Location")
        .Refuses(StatusCodes.Status412PreconditionFailed, StatusCodes.Status422UnprocessableEntity);

    private async Task<IResult> HandleAsync(string id, ResortRequest request, HttpContext context)
    {
        var errors = rules.Check(id, request, await catalogue.AllAsync());
        if (errors.Count > 0)
            return Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors);
        var resort = request.Entry(id);
        for (var round = 0; round < Rounds; round++)
        {
            var read = await catalogue.ReadAsync(id, context.RequestAborted);
            if (!(read.Value is { } found ? ETags.MayChange(context.Request, ResortResource.Of(found)) : context.Request.Headers.IfMatch.Count == 0))
                return Problems.NotAsRead();
            if (await catalogue.TryPutAsync(resort, read, context.RequestAborted))
                return Answer(resort, created: read.Value is null, context);
        }
        throw new DaprException($"Resort {id} was changed by others {Rounds} times in a row.");
    }

    private static IResult Answer(ResortEntry resort, bool created, HttpContext context)
    {
        if (created)
        {
            context.Response.StatusCode = StatusCodes.Status201Created;
            context.Response.Headers.Location = ResortResource.Path(resort.Id);
        }
        return Hal.Resource(ResortResource.Of(resort));
    }
}
