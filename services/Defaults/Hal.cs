using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Resort.Defaults;

/// <summary>Answers as <c>application/hal+json</c>.</summary>
public static class Hal
{
    public const string ContentType = "application/hal+json";

    public static JsonHttpResult<T> Json<T>(T resource, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(resource, contentType: ContentType, statusCode: status);

    /// <summary>A single resource with its <c>ETag</c>; 304 to who has it already.</summary>
    public static IResult Resource<T>(T resource) => new TaggedResource<T>(resource);

    /// <summary>A page of a collection with the links to the others, and one more if there is.</summary>
    public static JsonHttpResult<Dictionary<string, object>> Page<T>(
        HttpRequest request, string name, IEnumerable<T> items, PageInfo page, (string Rel, string Href)? more = null)
    {
        var links = PageLinks.Of(request, page);
        if (more is var (rel, href))
            links.With(rel, href, when: true);
        return Json(new Dictionary<string, object>
        {
            ["_embedded"] = new Dictionary<string, IEnumerable<T>> { [name] = items },
            ["page"] = page,
            ["_links"] = links,
        });
    }
}
