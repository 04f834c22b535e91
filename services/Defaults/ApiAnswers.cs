using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace Resort.Defaults;

/// <summary>What an endpoint asks and answers, one method per kind. The gateway adds what is the same for all.</summary>
public static class ApiAnswers
{
    /// <summary>A single resource with its <c>ETag</c>, see <see cref="Hal.Resource{T}"/>.</summary>
    public static RouteHandlerBuilder AnswersResource<T>(this RouteHandlerBuilder endpoint) => endpoint
        .AsksHeader("If-None-Match", "The entity tag of what the caller has: it is not sent again.")
        .Answers<T>(StatusCodes.Status200OK, "ETag").Answers(StatusCodes.Status304NotModified, "ETag");

    /// <summary>A page of a collection, see <see cref="Hal.Page{T}"/>.</summary>
    public static RouteHandlerBuilder AnswersPage<T>(this RouteHandlerBuilder endpoint, IEnumerable<string>? sortedBy = null)
    {
        endpoint.AsksWhole("page", "Pages count from 0.", 0, Paging.LastPage).AsksWhole("size", "Items of a page.", 1, Paging.LargestSize);
        if (sortedBy is not null)
            endpoint.AsksQuery("sort", $"A field, or field,desc; may be repeated. Fields: {string.Join(", ", sortedBy)}.");
        return endpoint.Answers<Collection<T>>(StatusCodes.Status200OK).Refuses(StatusCodes.Status422UnprocessableEntity);
    }

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int status, params string[] headers) =>
        endpoint.Produces<T>(status, Hal.ContentType).WithMetadata(new ApiHeaders(status, headers));

    /// <summary>An answer without a body.</summary>
    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder endpoint, int status, params string[] headers) =>
        endpoint.Produces(status).WithMetadata(new ApiHeaders(status, headers));

    /// <summary>Answers that are problems.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            endpoint.ProducesProblem(status);
        return endpoint;
    }

    public static RouteHandlerBuilder AsksHeader(this RouteHandlerBuilder endpoint, string name, string description) =>
        endpoint.WithMetadata(new ApiParameter(ParameterLocation.Header, name, description));

    public static RouteHandlerBuilder AsksIfMatch(this RouteHandlerBuilder endpoint) =>
        endpoint.AsksHeader("If-Match", "The entity tag of what was looked at: another one is not changed.");

    /// <summary>The form of a merge patch, which its handler takes as it comes.</summary>
    public static RouteHandlerBuilder AsksMergePatch<T>(this RouteHandlerBuilder endpoint) where T : notnull =>
        endpoint.Accepts<T>("application/json", "application/merge-patch+json").WithMetadata(new ApiBody(typeof(T)));

    /// <summary>The header <c>Prefer</c> with these wishes.</summary>
    public static RouteHandlerBuilder AsksPrefer(this RouteHandlerBuilder endpoint, params string[] wishes) =>
        endpoint.AsksHeader("Prefer", $"Wishes: {string.Join(", ", wishes)}.");

    public static RouteHandlerBuilder AsksQuery(this RouteHandlerBuilder endpoint, string name, string description, bool required = false) =>
        endpoint.WithMetadata(new ApiParameter(ParameterLocation.Query, name, description, required));

    /// <summary>A whole number in the query, read by the handler itself.</summary>
    public static RouteHandlerBuilder AsksWhole(this RouteHandlerBuilder endpoint, string name, string description, int least, int most) =>
        endpoint.WithMetadata(new ApiParameter(ParameterLocation.Query, name, description, Schema: new()
        {
            Type = JsonSchemaType.Integer,
            Minimum = $"{least}",
            Maximum = $"{most}",
        }));
}
