using Resort.Sidecar.Hosting;

namespace Resort.Sidecar.Api;

/// <summary><c>POST /v1.0/shutdown</c>: answers, then ends the sidecar, with <c>dapr-force-shutdown: true</c> without waiting for what runs.</summary>
internal sealed class ShutdownApi(DaprRuntime runtime) : IBuildingBlock
{
    public void Map(RouteTable routes) => routes.Map("POST", "/v1.0/shutdown", async call =>
    {
        await call.NoContent();
        await call.Http.Response.CompleteAsync();
        runtime.RequestStop(forced: call.Http.Request.Headers["dapr-force-shutdown"] == "true");
    });
}
