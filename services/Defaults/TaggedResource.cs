using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Resort.Defaults;

/// <summary>A single resource with its <c>ETag</c>, to be asked for again rather than kept.</summary>
internal sealed class TaggedResource<T>(T resource) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var body = JsonSerializer.SerializeToUtf8Bytes(resource, WireJson.Options);
        var tag = ETags.OfBytes(body);
        response.Headers.ETag = tag.ToString();
        response.Headers.CacheControl = "no-cache";
        if (HttpMethods.IsGet(request.Method) && ETags.IsKnown(request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = Hal.ContentType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
