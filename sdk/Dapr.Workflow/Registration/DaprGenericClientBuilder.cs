using Microsoft.Extensions.Configuration;

namespace Dapr.Common;

/// <summary>What the builders of all clients share: how the sidecar is reached.</summary>
public abstract class DaprGenericClientBuilder<TClientBuilder>(IConfiguration? configuration = null) where TClientBuilder : class, IDaprClient
{
    private protected string GrpcEndpoint { get; private set; } = DaprDefaults.GetDefaultGrpcEndpoint(configuration);

    private protected string DaprApiToken { get; private set; } = DaprDefaults.GetDefaultDaprApiToken(configuration);

    /// <summary>Uses the sidecar at <paramref name="grpcEndpoint"/>; the default is read from the configuration, then from the environment.</summary>
    public DaprGenericClientBuilder<TClientBuilder> UseGrpcEndpoint(string grpcEndpoint)
    {
        ArgumentException.ThrowIfNullOrEmpty(grpcEndpoint);
        GrpcEndpoint = grpcEndpoint;
        return this;
    }

    /// <summary>Sends <paramref name="apiToken"/> with every call; an empty one is not sent.</summary>
    public DaprGenericClientBuilder<TClientBuilder> UseDaprApiToken(string apiToken)
    {
        DaprApiToken = apiToken;
        return this;
    }

    /// <summary>Builds the client.</summary>
    public abstract TClientBuilder Build();
}
