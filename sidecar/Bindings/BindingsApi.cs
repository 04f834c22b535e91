using System.Text.Json;
using Resort.Sidecar.Api;
using Resort.Sidecar.Metrics;
using Resort.Sidecar.Resiliency;

namespace Resort.Sidecar.Bindings;

/// <summary>The bindings API: <c>POST|PUT /v1.0/bindings/{name}</c> with <c>operation</c>, <c>data</c> and <c>metadata</c>.</summary>
internal sealed class BindingsApi(OutputBindings bindings, ComponentMetrics metrics) : IBuildingBlock, IMetadataSource
{
    public void Map(RouteTable routes) => routes.Map("POST,PUT", "/v1.0/bindings/{name}", InvokeAsync);

    public IReadOnlyList<string>? Capabilities(string component) => bindings.Contains(component) ? ["OUTPUT_BINDING"] : null;

    private async Task InvokeAsync(ApiContext call)
    {
        var name = call["name"];
        var request = await ReadAsync(call);
        BindingAnswer answer;
        try { answer = await metrics.BindingAsync(name, request.Operation, () => bindings.InvokeAsync(name, request, call.Aborted), done => done.Failure is null); }
        catch (Exception e) when (e is BindingException or ResiliencyException)
        {
            await call.Error(Errors.OutputBinding(name, e.Message));
            return;
        }
        foreach (var (key, value) in answer.Metadata) call.Http.Response.Headers.Append($"metadata.{key}", value);
        await (answer.Failure is { } failure ? call.Error(Errors.OutputBinding(name, failure)) : call.Json(answer.Data));
    }

    private static async Task<BindingRequest> ReadAsync(ApiContext call)
    {
        var body = await call.ReadBodyAsync(Errors.BindingBody);
        BindingRequest request;
        try { request = BindingRequest.Read(body); }
        catch (JsonException e) { throw new DaprException(Errors.BindingBody(e.Message)); }
        var (parent, state) = (call.Trace.Parent, call.Trace.State);
        if (parent.Length > 0) request.Metadata["traceparent"] = parent;
        if (state.Length > 0) request.Metadata["tracestate"] = state;
        if (call.Http.Request.Headers.Baggage.ToString() is { Length: > 0 } baggage) request.Metadata["baggage"] = baggage;
        return request;
    }
}
