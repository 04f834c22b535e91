namespace Resort.Sidecar.Hosting;

/// <summary>The release of daprd whose recorded behaviour the embedded sidecar follows; it is what callers are told as the runtime's version.</summary>
internal static class DaprVersion
{
    public const string Text = "1.18.3";
}
