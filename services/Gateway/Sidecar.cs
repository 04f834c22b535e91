using Dapr;
using Resort.Defaults;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Resort.Gateway;

/// <summary>All traffic goes to our own sidecar; the header <c>dapr-app-id</c> makes it an invocation of the app that serves the route.</summary>
internal static class Sidecar
{
    public const string Cluster = "sidecar";
    private const string AppIdHeader = "dapr-app-id";

    public static void AddSidecarProxy(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<RouteOptions>(routing => routing.SetParameterPolicy<SlugConstraint>("slug"));
        builder.Services.AddReverseProxy()
            .LoadFromMemory(PublicRoutes.All,
            [
                new()
                {
                    ClusterId = Cluster,
                    Destinations = new Dictionary<string, DestinationConfig> { [Cluster] = new() { Address = DaprDefaults.GetDefaultHttpEndpoint(builder.Configuration) } },
                    HttpRequest = new() { ActivityTimeout = TimeSpan.FromSeconds(30) },
                },
            ])
            .AddTransforms(Transform);
    }

    private static void Transform(TransformBuilderContext builder)
    {
        var app = builder.Route.Metadata![PublicRoutes.AppId];
        builder.AddRequestTransform(context =>
        {
            var headers = context.ProxyRequest.Headers;
            foreach (var forged in headers.Where(header => header.Key.StartsWith("dapr-", StringComparison.OrdinalIgnoreCase)).Select(header => header.Key).ToList())
                headers.Remove(forged);
            headers.Add(AppIdHeader, app);
            return default;
        });
        builder.AddResponseTransform(AnswerForSidecarAsync);
    }

    // The services answer every error with a problem. What is none comes from the sidecar: it could not reach the service.
    private static async ValueTask AnswerForSidecarAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is not { } answer || (int)answer.StatusCode < 500 || answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
            return;
        context.SuppressResponseBody = true;
        var response = context.HttpContext.Response;
        response.Clear();
        response.Headers.RetryAfter = "2";
        await Problems.Problem(StatusCodes.Status503ServiceUnavailable, "unavailable", "The service does not answer. Please try again.").ExecuteAsync(context.HttpContext);
    }
}
