using Dapr.Client;
using Dapr.Extensions.Configuration.DaprSecretStore;
using Microsoft.Extensions.Configuration;

namespace Dapr.Extensions.Configuration;

/// <summary>
/// Adds secrets to the configuration. Without <c>optional</c> they are read when the source is added, which waits for the sidecar;
/// with it they come in the background as soon as they can be had.
/// </summary>
public static class DaprSecretStoreConfigurationExtensions
{
    /// <summary>Adds the described secrets of a store.</summary>
    public static IConfigurationBuilder AddDaprSecretStore(
        this IConfigurationBuilder configurationBuilder, string store, IEnumerable<DaprSecretDescriptor> secretDescriptors, DaprClient client,
        bool optional = false)
    {
        ArgumentNullException.ThrowIfNull(secretDescriptors);
        return configurationBuilder.AddStore(store, client, optional, source => source.SecretDescriptors = secretDescriptors);
    }

    /// <summary>Adds the described secrets of a store, after a given wait for the sidecar at the most.</summary>
    public static IConfigurationBuilder AddDaprSecretStore(
        this IConfigurationBuilder configurationBuilder, string store, IEnumerable<DaprSecretDescriptor> secretDescriptors, DaprClient client,
        TimeSpan sidecarWaitTimeout, bool optional = false)
    {
        ArgumentNullException.ThrowIfNull(secretDescriptors);
        return configurationBuilder.AddStore(store, client, optional, source =>
        {
            source.SecretDescriptors = secretDescriptors;
            source.SidecarWaitTimeout = sidecarWaitTimeout;
        });
    }

    /// <summary>Adds all secrets of a store that the application may see.</summary>
    public static IConfigurationBuilder AddDaprSecretStore(
        this IConfigurationBuilder configurationBuilder, string store, DaprClient client, IReadOnlyDictionary<string, string>? metadata = null,
        bool optional = false) =>
        configurationBuilder.AddStore(store, client, optional, source => source.Metadata = metadata);

    /// <summary>Adds all secrets of a store that the application may see, after a given wait for the sidecar at the most.</summary>
    public static IConfigurationBuilder AddDaprSecretStore(
        this IConfigurationBuilder configurationBuilder, string store, DaprClient client, TimeSpan sidecarWaitTimeout,
        IReadOnlyDictionary<string, string>? metadata = null, bool optional = false) =>
        configurationBuilder.AddStore(store, client, optional, source =>
        {
            source.Metadata = metadata;
            source.SidecarWaitTimeout = sidecarWaitTimeout;
        });

    private static IConfigurationBuilder AddStore(
        this IConfigurationBuilder configurationBuilder, string store, DaprClient client, bool optional, Action<DaprSecretStoreConfigurationSource> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(store);
        ArgumentNullException.ThrowIfNull(client);
        var source = new DaprSecretStoreConfigurationSource { Store = store, Client = client, IsOptional = optional };
        configure(source);
        return configurationBuilder.Add(source);
    }
}
