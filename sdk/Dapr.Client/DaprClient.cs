using System.Text.Json;

namespace Dapr.Client;

/// <summary>
/// The building blocks of the sidecar for an application. Thread-safe; meant to live as long as the application.
/// A call that Dapr refuses or that does not reach it throws <see cref="DaprException"/>; a cancelled one <see cref="OperationCanceledException"/>.
/// </summary>
public abstract partial class DaprClient : IDisposable
{
    private bool disposed;

    /// <summary>How values become JSON and back.</summary>
    public abstract JsonSerializerOptions JsonSerializerOptions { get; }

    /// <summary>Whether the sidecar and everything it depends on is ready (<c>GET /v1.0/healthz</c>). A sidecar that cannot be reached is not.</summary>
    public abstract Task<bool> CheckHealthAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether the sidecar's own API is ready, whatever the application's state (<c>GET /v1.0/healthz/outbound</c>).</summary>
    public abstract Task<bool> CheckOutboundHealthAsync(CancellationToken cancellationToken = default);

    /// <summary>Asks for outbound health every half second until it is good. Only <paramref name="cancellationToken"/> ends it otherwise.</summary>
    public abstract Task WaitForSidecarAsync(CancellationToken cancellationToken = default);

    /// <summary>What the sidecar says about itself (<c>GET /v1.0/metadata</c>).</summary>
    public abstract Task<DaprMetadata> GetMetadataAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a value to the sidecar's extended metadata (<c>PUT /v1.0/metadata/{attributeName}</c>).</summary>
    public abstract Task SetMetadataAsync(string attributeName, string attributeValue, CancellationToken cancellationToken = default);

    /// <summary>Ends the client; calls after it throw <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        if (disposed)
            return;

        disposed = true;
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the client holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
