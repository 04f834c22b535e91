using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Dapr;

/// <summary>
/// How a client finds its sidecar. Each value is read from the configuration first, then from the environment variable of the same name;
/// an endpoint beats a port.
/// </summary>
public static class DaprDefaults
{
    /// <summary>The token that the application sends to its sidecar.</summary>
    public const string DaprApiTokenEnvironmentVariableName = "DAPR_API_TOKEN";

    /// <summary>The token that the sidecar sends to its application.</summary>
    public const string AppApiTokenEnvironmentVariableName = "APP_API_TOKEN";

    /// <summary>The address of the sidecar's HTTP API.</summary>
    public const string DaprHttpEndpointEnvironmentVariableName = "DAPR_HTTP_ENDPOINT";

    /// <summary>The port of the sidecar's HTTP API on this machine.</summary>
    public const string DaprHttpPortEnvironmentVariableName = "DAPR_HTTP_PORT";

    /// <summary>The address of the sidecar's gRPC API.</summary>
    public const string DaprGrpcEndpointEnvironmentVariableName = "DAPR_GRPC_ENDPOINT";

    /// <summary>The port of the sidecar's gRPC API on this machine.</summary>
    public const string DaprGrpcPortEnvironmentVariableName = "DAPR_GRPC_PORT";

    /// <summary>The scheme when no endpoint is given.</summary>
    public const string DefaultDaprScheme = "http";

    /// <summary>The host when no endpoint is given.</summary>
    public const string DefaultDaprHost = "localhost";

    /// <summary>The HTTP port when neither endpoint nor port is given.</summary>
    public const int DefaultHttpPort = 3500;

    /// <summary>The gRPC port when neither endpoint nor port is given.</summary>
    public const int DefaultGrpcPort = 50001;

    /// <summary>The token to send to the sidecar; empty when there is none.</summary>
    public static string GetDefaultDaprApiToken(IConfiguration? configuration) => Read(configuration, DaprApiTokenEnvironmentVariableName) ?? "";

    /// <summary>The token that calls of the sidecar must carry; empty when there is none.</summary>
    public static string GetDefaultAppApiToken(IConfiguration? configuration) => Read(configuration, AppApiTokenEnvironmentVariableName) ?? "";

    /// <summary>The sidecar's HTTP address: scheme, host and port only.</summary>
    /// <exception cref="FormatException">The port is not a number, or the endpoint is not a URI.</exception>
    public static string GetDefaultHttpEndpoint(IConfiguration? configuration = null) =>
        Endpoint(configuration, DaprHttpEndpointEnvironmentVariableName, DaprHttpPortEnvironmentVariableName, DefaultHttpPort);

    /// <summary>The sidecar's gRPC address: scheme, host and port only.</summary>
    /// <exception cref="FormatException">The port is not a number, or the endpoint is not a URI.</exception>
    public static string GetDefaultGrpcEndpoint(IConfiguration? configuration = null) =>
        Endpoint(configuration, DaprGrpcEndpointEnvironmentVariableName, DaprGrpcPortEnvironmentVariableName, DefaultGrpcPort);

    private static string Endpoint(IConfiguration? configuration, string endpointName, string portName, int defaultPort)
    {
        var given = Read(configuration, portName);
        var port = string.IsNullOrWhiteSpace(given) ? defaultPort : int.Parse(given, CultureInfo.InvariantCulture);
        var endpoint = Read(configuration, endpointName);
        if (string.IsNullOrWhiteSpace(endpoint))
            return new UriBuilder(DefaultDaprScheme, DefaultDaprHost, port).ToString();

        var uri = new Uri(endpoint);
        return new UriBuilder(uri.Scheme, uri.Host, uri.Port).ToString();
    }

    // An empty configuration value counts as given: it hides the environment.
    private static string? Read(IConfiguration? configuration, string name) => configuration?[name] ?? Environment.GetEnvironmentVariable(name);
}
