using Resort.Defaults;

namespace Resort.View.Web;

/// <summary><c>GET /web</c>, which is <c>GET /</c> at the gateway: the web UI, or to who asks for HAL where the API begins. <c>GET /web/{file}</c>: its files.</summary>
internal static class ServeWeb
{
    private const string Html = "text/html";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var files = new WebFiles();
        routes.MapGet("/web", (HttpContext context) => IsForPrograms(context.Request) ? Entry(context.Response) : File(files, WebFiles.Start))
            .WithSummary("Where the API begins: links to everything; the web UI to who asks for HTML").AnswersResource<EntryDocument>();
        routes.MapGet("/web/{**name}", (string name) => File(files, name));
    }

    private static IResult Entry(HttpResponse response)
    {
        response.Headers.Vary = "Accept";
        return Hal.Resource(new EntryDocument());
    }

    private static IResult File(WebFiles files, string name) => files.Find(name) is { } file ? new WebAnswer(file) : Problems.NotFound("file");

    private static bool IsForPrograms(HttpRequest request)
    {
        var types = request.GetTypedHeaders().Accept.Select(accepted => accepted.MediaType.Value).ToList();
        return !types.Contains(Html) && types.Exists(type => type is Hal.ContentType or "application/json");
    }
}
