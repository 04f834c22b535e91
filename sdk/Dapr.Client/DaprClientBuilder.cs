#nullable disable

using System.Text.Json;

namespace Dapr.Client;

/// <summary>Builds a <see cref="DaprClient"/>; what is not said comes from the environment (<see cref="DaprDefaults"/>).</summary>
public sealed class DaprClientBuilder
{
    // A call without an answer must end some time; the same limit as HttpClient's own.
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(100);

    private string httpEndpoint;
    private string grpcEndpoint;
    private string apiToken;
    private TimeSpan timeout = DefaultTimeout;
    private JsonSerializerOptions jsonOptions = new(JsonSerializerDefaults.Web);

    /// <summary>Takes the endpoints and the API token from the environment.</summary>
    public DaprClientBuilder()
    {
        httpEndpoint = DaprDefaults.GetDefaultHttpEndpoint();
        grpcEndpoint = DaprDefaults.GetDefaultGrpcEndpoint();
        apiToken = DaprDefaults.GetDefaultDaprApiToken(null);
    }

    /// <summary>The sidecar's HTTP address.</summary>
    public DaprClientBuilder UseHttpEndpoint(string httpEndpoint)
    {
        ArgumentException.ThrowIfNullOrEmpty(httpEndpoint);
        this.httpEndpoint = httpEndpoint;
        return this;
    }

    /// <summary>The sidecar's gRPC address. It is checked but not used: this client speaks HTTP only.</summary>
    public DaprClientBuilder UseGrpcEndpoint(string grpcEndpoint)
    {
        ArgumentException.ThrowIfNullOrEmpty(grpcEndpoint);
        this.grpcEndpoint = grpcEndpoint;
        return this;
    }

    /// <summary>The sidecar's API token; empty sends none.</summary>
    public DaprClientBuilder UseDaprApiToken(string apiToken)
    {
        this.apiToken = apiToken;
        return this;
    }

    /// <summary>How long one call may take, 100 seconds unless said otherwise; zero and less keep that.</summary>
    public DaprClientBuilder UseTimeout(TimeSpan timeout)
    {
        this.timeout = timeout > TimeSpan.Zero ? timeout : DefaultTimeout;
        return this;
    }

    /// <summary>How values become JSON and back; <see cref="JsonSerializerDefaults.Web"/> unless said otherwise.</summary>
    public DaprClientBuilder UseJsonSerializationOptions(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        jsonOptions = options;
        return this;
    }

    /// <summary>Builds the client. It connects with its first call.</summary>
    /// <exception cref="InvalidOperationException">An endpoint uses neither http nor https.</exception>
    /// <exception cref="UriFormatException">An endpoint is no absolute URI.</exception>
    public DaprClient Build()
    {
        _ = Endpoint("gRPC", grpcEndpoint);
        return new DaprHttpClient(new SidecarApi(Endpoint("HTTP", httpEndpoint), apiToken, timeout), jsonOptions);
    }

    private static Uri Endpoint(string protocol, string address)
    {
        var uri = new Uri(address);
        return uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps
            ? uri
            : throw new InvalidOperationException($"The {protocol} endpoint '{address}' must use http or https.");
    }
}
