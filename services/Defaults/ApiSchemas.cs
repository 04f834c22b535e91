using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace Resort.Defaults;

/// <summary>Makes the schemas say what the serializer does.</summary>
internal static class ApiSchemas
{
    public static void FitToWire(OpenApiDocument document)
    {
        foreach (var (name, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (name == nameof(ProblemDetails))
                Extend((OpenApiSchema)schema);
            foreach (var (field, type) in schema.Properties?.ToList() ?? [])
                if (WithoutNull(type) is { } certain)
                {
                    // a field is absent instead of null (WireJson)
                    schema.Properties![field] = certain;
                    schema.Required?.Remove(field);
                }
            foreach (var none in schema.Enum?.Where(value => value is null || JsonNullSentinel.IsJsonNullSentinel(value)).ToList() ?? [])
                schema.Enum!.Remove(none);
        }
    }

    private static IOpenApiSchema? WithoutNull(IOpenApiSchema field)
    {
        if (field is OpenApiSchema { Type: { } type } plain && type.HasFlag(JsonSchemaType.Null))
        {
            plain.Type = type & ~JsonSchemaType.Null;
            return plain;
        }
        return field.OneOf is [{ Type: JsonSchemaType.Null }, var other] ? other : null;
    }

    // what Problems adds to each, and to those that name fields
    private static void Extend(OpenApiSchema problem)
    {
        problem.Description = "What was wrong. Some say more, such as the id of the reservation that it is about.";
        problem.Properties!["correlationid"] = new OpenApiSchema { Type = JsonSchemaType.String };
        problem.Properties["errors"] = new OpenApiSchema
        {
            Description = "What is wrong with each field of the request.",
            Type = JsonSchemaType.Object,
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
        problem.AdditionalProperties = new OpenApiSchema();
    }
}
