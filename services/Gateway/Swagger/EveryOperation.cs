using System.Text.Json.Nodes;

namespace Resort.Gateway.Swagger;

/// <summary>What is the same for all operations, because the gateway sees to it: the correlation id, and what is refused here.</summary>
internal static class EveryOperation
{
    private const string Parts = """
        {
          "headers": {
            "x-correlation-id": { "description": "The request's correlation id; made if the request had none.", "schema": { "type": "string" } },
            "Retry-After": { "description": "Seconds to wait before the next try.", "schema": { "type": "integer" } }
          },
          "parameters": {
            "x-correlation-id": {
              "name": "x-correlation-id", "in": "header", "description": "Goes along into answers, calls, events and logs.",
              "schema": { "type": "string", "maxLength": 64, "pattern": "^[A-Za-z0-9._-]+$" }
            }
          },
          "responses": {
            "400": { "description": "The body cannot be read." },
            "413": { "description": "The body is larger than 64 KiB." },
            "415": { "description": "The body is not JSON in UTF-8." },
            "429": { "description": "More requests than one client may send." },
            "503": { "description": "Something that this needs does not answer, or there is too much to do." }
          }
        }
        """;

    private static readonly string[] always = ["429", "503"];
    private static readonly string[] withBody = ["400", "413", "415"];

    public static void Complete(JsonObject operation)
    {
        if (operation["parameters"] is not JsonArray parameters)
            operation["parameters"] = parameters = [];
        parameters.Add(Reference("parameters", "x-correlation-id"));
        var responses = operation["responses"]!.AsObject();
        foreach (var (_, response) in responses)
            AddHeader(response!.AsObject(), "x-correlation-id");
        foreach (var status in operation.ContainsKey("requestBody") ? [.. always, .. withBody] : always)
            responses[status] = Reference("responses", status);
        operation["responses"] = new JsonObject(responses.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => KeyValuePair.Create(each.Key, each.Value?.DeepClone())));
    }

    /// <summary>The components of the document: these, and the schemas.</summary>
    public static JsonObject Components(JsonObject schemas)
    {
        var components = JsonNode.Parse(Parts)!.AsObject();
        foreach (var (status, response) in components["responses"]!.AsObject())
        {
            var answer = response!.AsObject();
            AddHeader(answer, "x-correlation-id");
            if (always.Contains(status))
                AddHeader(answer, "Retry-After");
            answer["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = Reference("schemas", "ProblemDetails") } };
        }
        components["schemas"] = schemas;
        return components;
    }

    private static void AddHeader(JsonObject response, string name)
    {
        if (response["headers"] is not JsonObject headers)
            response["headers"] = headers = [];
        headers[name] = Reference("headers", name);
    }

    private static JsonObject Reference(string kind, string name) => new() { ["$ref"] = $"#/components/{kind}/{name}" };
}
