using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Resort.Defaults;

/// <summary>A header or a part of the query that a handler reads by itself, or that is to be told more of.</summary>
internal sealed record ApiParameter(ParameterLocation Where, string Name, string Description, bool Required = false, OpenApiSchema? Schema = null);

/// <summary>Headers of the answer with this status.</summary>
internal sealed record ApiHeaders(int Status, string[] Names);

/// <summary>The type of a body, where the handler's parameter does not tell.</summary>
internal sealed record ApiBody(Type Type);

/// <summary>Says of an operation what its signature does not say.</summary>
internal static class ApiMetadata
{
    private static readonly OpenApiSchema text = new() { Type = JsonSchemaType.String };

    public static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var parameter in metadata.OfType<ApiParameter>())
            Describe(operation, parameter);
        foreach (var headers in metadata.OfType<ApiHeaders>())
            if (operation.Responses?[headers.Status.ToString(CultureInfo.InvariantCulture)] is OpenApiResponse response)
                response.Headers = headers.Names.ToDictionary(name => name, IOpenApiHeader (_) => new OpenApiHeader { Schema = text });
        foreach (var body in metadata.OfType<ApiBody>())
            foreach (var content in operation.RequestBody!.Content!.Values.OfType<OpenApiMediaType>())
                content.Schema = await context.GetOrCreateSchemaAsync(body.Type, parameterDescription: null, cancel);
    }

    private static void Describe(OpenApiOperation operation, ApiParameter told)
    {
        operation.Parameters ??= [];
        var bound = operation.Parameters.FirstOrDefault(each => each.In == told.Where && each.Name == told.Name);
        if (bound is not null)
            operation.Parameters.Remove(bound);
        operation.Parameters.Add(new OpenApiParameter
        {
            In = told.Where,
            Name = told.Name,
            Description = told.Description,
            Required = told.Required,
            Schema = told.Schema ?? bound?.Schema ?? text,
        });
    }
}
