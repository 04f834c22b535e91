using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Resort.Defaults;

/// <summary>
/// <c>GET /openapi.json</c>: what a service has for the public, as OpenAPI. It is made of the endpoints when it is asked for; the gateway puts
/// those of all services together.
/// </summary>
public static class ApiDescription
{
    public const string Path = "/openapi.json";

    /// <summary>The name of the document inside the service.</summary>
    public const string Name = "v1";

    internal static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        // an endpoint without a summary is for other services, or for the sidecar
        options.ShouldInclude = endpoint => endpoint.ActionDescriptor.EndpointMetadata.OfType<IEndpointSummaryMetadata>().Any();
        options.CreateSchemaReferenceId = NameOf;
        options.AddOperationTransformer(ApiMetadata.DescribeAsync);
        options.AddDocumentTransformer((document, _, _) =>
        {
            ApiSchemas.FitToWire(document);
            return Task.CompletedTask;
        });
    });

    public static void MapApiDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi(Path);

    // any JSON needs no name
    private static string? NameOf(JsonTypeInfo type) => type.Type == typeof(JsonElement) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
}
