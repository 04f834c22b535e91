using Resort.Defaults;

namespace Resort.View.Web;

/// <summary>
/// A file, to be asked for again rather than kept, so that a new version counts at once. Its headers let the page load nothing from elsewhere,
/// run no script but our files, and make no markup out of text; nobody may frame it.
/// </summary>
internal sealed class WebAnswer(WebFile file) : IResult
{
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ETag = file.Tag.ToString();
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = "Accept";
        response.Headers.ContentSecurityPolicy = ContentPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Referrer-Policy"] = "no-referrer";
        if (ETags.IsKnown(httpContext.Request, file.Tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = file.ContentType;
        response.ContentLength = file.Content.Length;
        await response.Body.WriteAsync(file.Content, httpContext.RequestAborted);
    }
}
