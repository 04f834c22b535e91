using Resort.Sidecar.Hosting;

namespace Resort.Sidecar.Api;

/// <summary><c>/v1.0/healthz</c>: ready when the whole start sequence is through; <c>/v1.0/healthz/outbound</c>: ready before the app is.</summary>
internal sealed class HealthApi(string appId, SidecarHealth health) : IBuildingBlock
{
    public void Map(RouteTable routes)
    {
        routes.Map("GET", "/v1.0/healthz", GetHealth);
        routes.Map("GET", "/v1.0/healthz/outbound", call => health.IsOutboundReady ? call.NoContent() : call.Error(Errors.OutboundNotReady));
    }

    private Task GetHealth(ApiContext call)
    {
        if (health.Missing is { Count: > 0 } missing) return call.Error(Errors.NotReady(missing));
        return call.Query("appid") is { } asked && asked != appId ? call.Error(Errors.AppIdNotMatch) : call.NoContent();
    }
}
