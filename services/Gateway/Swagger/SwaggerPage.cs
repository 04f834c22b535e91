
namespace Resort.Gateway.Swagger;

/// <summary><c>GET /swagger</c>: the API of all services in one page, and <c>GET /swagger/v1/swagger.json</c>: the document that it shows.</summary>
internal static class SwaggerPage
{
    public const string Document = "/swagger/v1/swagger.json";

    // Swagger UI brings its pictures as data, and styles of its own
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapSwagger(this WebApplication app)
    {
        app.MapGet(Document, async (ServiceDocuments services, CancellationToken cancel) => TypedResults.Json(MergedDocument.Of(await services.AllAsync(cancel))))
            .WithSummary("This document").Produces<object>();
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/swagger") && http.Request.Path != Document, page =>
        {
            page.Use(SecureAsync);
            page.UseSwaggerUI(options =>
            {
                options.SwaggerEndpoint("v1/swagger.json", "Resort");
                options.DocumentTitle = "Resort: the API";
                options.EnableValidator(null); // it would be asked of another host
                options.DisplayRequestDuration();
            });
        });
    }

    private static Task SecureAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        return next(http);
    }
}
