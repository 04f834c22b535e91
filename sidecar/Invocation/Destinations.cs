using System.Collections.Concurrent;
using Resort.Sidecar.Hosting;

namespace Resort.Sidecar.Invocation;

/// <summary>Finds out what a target is: an address, an HTTPEndpoint, the caller's own app or another one, with or without its namespace.</summary>
internal sealed class Destinations : IDisposable
{
    private readonly ConcurrentDictionary<string, OtherApp> others = new(StringComparer.Ordinal);
    private readonly HttpMessageInvoker outside = new(Connections.Outside(followRedirects: false));
    private readonly Dictionary<string, HttpEndpoint> endpoints;
    private readonly OwnApp own;
    private readonly DaprRuntime caller;

    public Destinations(DaprRuntime caller)
    {
        this.caller = caller;
        own = new OwnApp(caller);
        endpoints = HttpEndpointReader.Read(caller);
    }

    /// <summary>The destination of a target. What does not exist is one too: it fails when it is called, under the target's policy.</summary>
    public Destination Find(string target)
    {
        if (target.StartsWith("http://", StringComparison.Ordinal) || target.StartsWith("https://", StringComparison.Ordinal))
            return new ExternalAddress(target, outside, caller.Options.AppToken);
        if (endpoints.TryGetValue(target, out var endpoint)) return endpoint;
        if (!target.Contains('.', StringComparison.Ordinal)) return App(target, Namespace);
        return target.Split('.') is [var appId, var itsNamespace] ? App(appId, itsNamespace) : new NoDestination(new InvocationException($"invalid app id {target}"));
    }

    public void Dispose()
    {
        outside.Dispose();
        foreach (var endpoint in endpoints.Values) endpoint.Dispose();
    }

    private string Namespace => caller.Options.Namespace ?? "default";

    /// <summary>As with Dapr's self-hosted resolvers, the namespace only tells whether the caller's own app is meant.</summary>
    private Destination App(string appId, string itsNamespace)
    {
        if (appId == caller.Options.AppId && itsNamespace == Namespace) return own;
        if (others.TryGetValue(appId, out var known)) return known;
        return caller.Process.Find(appId).Count == 0 ? new NoDestination(OtherApp.Unknown(appId)) : others.GetOrAdd(appId, id => new OtherApp(caller, id));
    }
}

/// <summary>A target that does not exist.</summary>
internal sealed class NoDestination(InvocationException why) : Destination
{
    public override Task<HttpResponseMessage> SendAsync(OutgoingRequest request, CancellationToken cancel) => Task.FromException<HttpResponseMessage>(why);
}
