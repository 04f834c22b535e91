using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Resort.Contracts;
using Yarp.ReverseProxy.Configuration;

namespace Resort.Gateway.Swagger;

/// <summary>One OpenAPI document of what the services say of themselves: what is public of it, under the address that it has here.</summary>
internal sealed partial class MergedDocument
{
    private readonly JsonObject paths = [];
    private readonly JsonObject schemas = [];
    private readonly JsonArray tags = [];
    private readonly List<string> missing = [];

    public static JsonObject Of(IReadOnlyList<(string App, JsonObject? Document)> services)
    {
        var merged = new MergedDocument();
        foreach (var (app, document) in services)
            merged.Add(app, document);
        return merged.ToJson();
    }

    private void Add(string app, JsonObject? document)
    {
        if (document is null)
        {
            missing.Add(app);
            return;
        }
        tags.Add(new JsonObject { ["name"] = app });
        var copies = new SchemaCopies(app, document, schemas);
        foreach (var (path, item) in document["paths"]!.AsObject())
            foreach (var (method, operation) in item!.AsObject())
                if (PublicPath(app, path, method) is { } address)
                    Put(address, method, app, copies.Copy(operation)!.AsObject());
    }

    private void Put(string path, string method, string app, JsonObject operation)
    {
        operation["tags"] = new JsonArray(app);
        EveryOperation.Complete(operation);
        if (!paths.ContainsKey(path))
            paths[path] = new JsonObject();
        paths[path]![method] = operation;
    }

    private static string? PublicPath(string app, string path, string method)
    {
        if (app == Apps.Gateway)
            return path;
        var route = PublicRoutes.All.FirstOrDefault(route => route.Metadata![PublicRoutes.AppId] == app
            && Form(PathAtService(route)) == Form(path) && route.Match.Methods!.Contains(method, StringComparer.OrdinalIgnoreCase));
        return route is null ? null : IsMoved(route) ? route.Match.Path : path; // the service has the better names for its parameters
    }

    private static bool IsMoved(RouteConfig route) => PathAtService(route) != route.Match.Path;

    private static string PathAtService(RouteConfig route) =>
        route.Transforms?.Select(transform => transform.GetValueOrDefault("PathSet")).FirstOrDefault(path => path is not null) ?? route.Match.Path!;

    private static string Form(string path) => Parameter().Replace(path, "{}");

    private JsonObject ToJson() => new()
    {
        ["openapi"] = "3.1.1",
        ["info"] = new JsonObject { ["title"] = "Resort", ["version"] = "1.0.0", ["description"] = Description() },
        ["tags"] = tags,
        ["paths"] = paths,
        ["components"] = EveryOperation.Components(schemas),
    };

    private string Description() => missing.Count == 0
        ? "The API of all services, at the gateway. Answers are application/hal+json: links in _links are offered exactly when their move is legal."
        : $"The API of all services, at the gateway. These do not answer at the moment, so what they serve is missing here: {string.Join(", ", missing)}.";

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
