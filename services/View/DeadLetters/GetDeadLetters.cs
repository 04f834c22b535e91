using Resort.Defaults;

namespace Resort.View.DeadLetters;

/// <summary><c>GET /dead-letters</c>, newest first, and <c>GET /dead-letters/{id}</c></summary>
public static class GetDeadLetters
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/dead-letters", ListAsync).WithSummary("Messages that could not be handled, newest first").AnswersPage<DeadLetterResource>();
        routes.MapGet("/dead-letters/{id:guid}", async (Guid id, DeadLetterDb db, CancellationToken cancel) =>
            await db.FindAsync(id.ToString(), cancel) is { } letter ? (IResult)Hal.Json(DeadLetterResource.Of(letter)) : Problems.NotFound("dead letter"))
            .WithSummary("A message that could not be handled").Answers<DeadLetterResource>(StatusCodes.Status200OK).Refuses(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, string? page, string? size, DeadLetterDb db, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        var paging = Paging.Read(page, size, errors);
        if (errors.Count > 0)
            return Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors);
        var total = await db.CountAsync(cancel);
        var letters = await db.ListAsync(paging.Skip, paging.Size, cancel);
        return Hal.Page(request, "dead-letters", letters.Select(DeadLetterResource.Of), paging.Of((int)total));
    }
}
