namespace Dapr.Client;

public abstract partial class DaprClient
{
    /// <summary>Reads a secret, which can consist of several named values (<c>GET /v1.0/secrets/{storeName}/{key}</c>).</summary>
    public abstract Task<Dictionary<string, string>> GetSecretAsync(
        string storeName, string key, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default);

    /// <summary>Reads all secrets that the application may see, by name (<c>GET /v1.0/secrets/{storeName}/bulk</c>).</summary>
    public abstract Task<Dictionary<string, Dictionary<string, string>>> GetBulkSecretAsync(
        string storeName, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default);
}
