using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;

namespace Resort.Sidecar.Invocation;

/// <summary>Reads HTTPEndpoint resources (<c>dapr.io/v1alpha1</c>).</summary>
internal static class HttpEndpointReader
{
    /// <summary>The endpoints of a sidecar by name.</summary>
    /// <exception cref="ResourceException">A field is unknown or wrong, or a name is given twice.</exception>
    public static Dictionary<string, HttpEndpoint> Read(DaprRuntime runtime)
    {
        var endpoints = new Dictionary<string, HttpEndpoint>(StringComparer.Ordinal);
        foreach (var resource in runtime.Resources.HttpEndpoints)
            if (!endpoints.TryAdd(resource.Name, Read(resource, runtime)))
                throw new ResourceException(resource.Location, $"HTTPEndpoint `{resource.Name}` is already defined");
        return endpoints;
    }

    private static HttpEndpoint Read(Resource resource, DaprRuntime runtime)
    {
        var spec = resource.Spec;
        var baseUrl = spec.RequiredText("baseUrl");
        if (!Uri.TryCreate(baseUrl, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) throw spec.Wrong("baseUrl", "an http or https address");
        if (spec.Has("clientTLS")) throw new ResourceException(spec.LocationOf("clientTLS"), "the embedded sidecar has no client certificates (`spec.clientTLS`); run this endpoint on daprd");
        spec.Text("version"); // in samples, without a meaning
        var secretStore = ResourceReader.SecretStore(resource.Document);
        var headers = spec.Maps("headers").Select(ResourceReader.Item).Select(item => (item.Name, runtime.References.Resolve(item, secretStore) ?? "")).ToList();
        spec.RefuseUnknown();
        resource.Document.RefuseUnknown();
        return new HttpEndpoint(baseUrl, headers, new HttpMessageInvoker(Connections.Outside(followRedirects: true)), runtime.Options.AppToken);
    }
}
