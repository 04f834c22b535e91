using System.Net;
using Dapr;
using Resort.Defaults;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Resort.Gateway;

/// <summary>All traffic goes to our own sidecar; the header <c>dapr-app-id</c> makes it an invocation of the app that serves the route.</summary>
internal static partial class Sidecar
{
    public const string Cluster = "sidecar";

    /// <summary>Who asks for this gets every event at once: Dapr holds nothing back then.</summary>
    public const string EventStream = "text/event-stream";
    private const string AppIdHeader = "dapr-app-id";
    private const string TokenHeader = "dapr-api-token";

    public static void AddSidecarProxy(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<RouteOptions>(routing =>
        {
            routing.SetParameterPolicy<SlugConstraint>("slug");
            routing.SetParameterPolicy<AssetConstraint>("asset");
        });
        builder.Logging.AddFilter("Yarp", LogLevel.Error); // its warnings bring a stack trace for each refused connection; we log a line
        builder.Services.AddReverseProxy()
            .LoadFromMemory(PublicRoutes.All,
            [
                new()
                {
                    ClusterId = Cluster,
                    Destinations = new Dictionary<string, DestinationConfig>
                    {
                        [Cluster] = new() { Address = DaprDefaults.GetDefaultHttpEndpoint(builder.Configuration) },
                    },
                    // as headers are read here: what is not ASCII is for the service to judge
                    HttpClient = new() { RequestHeaderEncoding = "utf-8" },
                    HttpRequest = new() { ActivityTimeout = TimeSpan.FromSeconds(30) },
                },
            ])
            .AddTransforms(Transform);
    }

    public static void MapSidecarProxy(this WebApplication app) => app.MapReverseProxy(proxy => proxy.Use(async (context, next) =>
    {
        using var end = app.Lifetime.ApplicationStopping.Register(() => EndStream(context));
        await next(context);
        if (context.Features.Get<IForwarderErrorFeature>() is not { } fault || context.Response.HasStarted || context.Response.StatusCode < 500)
            return;
        NotForwarded(app.Logger, context.Request.Method, context.Request.Path, CorrelationId.Of(context), fault.Error, fault.Exception?.Message);
        await AnswerUnavailableAsync(context);
    }));

    // It would go on for as long as the shutdown lets it; the client comes back to another replica, and resumes
    private static void EndStream(HttpContext context)
    {
        if (context.Response.ContentType == EventStream)
            context.Abort();
    }

    private static void Transform(TransformBuilderContext builder)
    {
        var app = builder.Route.Metadata![PublicRoutes.AppId];
        var token = DaprDefaults.GetDefaultDaprApiToken(builder.Services.GetRequiredService<IConfiguration>());
        builder.AddRequestTransform(context =>
        {
            var headers = context.ProxyRequest.Headers;
            foreach (var forged in headers.Select(header => header.Key).Where(name => name.StartsWith("dapr-", StringComparison.OrdinalIgnoreCase)).ToList())
                headers.Remove(forged);
            headers.Add(AppIdHeader, app);
            if (token.Length > 0)
                headers.Add(TokenHeader, token);
            return default;
        });
        builder.AddResponseTransform(async context =>
        {
            // The services answer every error with a problem. What is none comes from the sidecar: it could not reach the service.
            var isProblem = context.ProxyResponse?.Content.Headers.ContentType?.MediaType == "application/problem+json";
            if (isProblem || context.ProxyResponse is not { StatusCode: >= HttpStatusCode.InternalServerError })
                return;
            context.SuppressResponseBody = true;
            await AnswerUnavailableAsync(context.HttpContext);
        });
    }

    private static Task AnswerUnavailableAsync(HttpContext context)
    {
        context.Response.Clear();
        context.Response.Headers.RetryAfter = "2";
        return Problems.Problem(StatusCodes.Status503ServiceUnavailable, "unavailable", "The service does not answer. Please try again.").ExecuteAsync(context);
    }

    [LoggerMessage(6000, LogLevel.Warning, "{Method} {Path} ({CorrelationId}) was not forwarded: {Error}, {Reason}")]
    private static partial void NotForwarded(ILogger logger, string method, string path, string correlationId, ForwarderError error, string? reason);
}
