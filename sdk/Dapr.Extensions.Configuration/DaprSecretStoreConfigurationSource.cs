using Dapr.Client;
using Microsoft.Extensions.Configuration;

namespace Dapr.Extensions.Configuration.DaprSecretStore;

/// <summary>A Dapr secret store as a source of configuration.</summary>
public class DaprSecretStoreConfigurationSource : IConfigurationSource
{
    /// <summary>The secret store component.</summary>
    public string Store { get; set; } = default!;

    /// <summary>Whether <see cref="KeyDelimiters"/> in keys become the configuration's own delimiter.</summary>
    public bool NormalizeKey { get; set; } = true;

    /// <summary>What separates the sections of a key.</summary>
    public IList<string> KeyDelimiters { get; set; } = new List<string> { "__" };

    /// <summary>The secrets to read; null for all that the application may see.</summary>
    public IEnumerable<DaprSecretDescriptor>? SecretDescriptors { get; set; }

    /// <summary>Passed to the component when all secrets are read.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; set; }

    /// <summary>Reads the secrets.</summary>
    public DaprClient Client { get; set; } = default!;

    /// <summary>How long to wait for the sidecar; five seconds when null.</summary>
    public TimeSpan? SidecarWaitTimeout { get; set; }

    /// <summary>Whether the application starts without the secrets and gets them when they can be had.</summary>
    public bool IsOptional { get; set; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Store or client is missing, there are no descriptors, or there are descriptors and metadata.</exception>
    public IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        ArgumentException.ThrowIfNullOrEmpty(Store);
        ArgumentNullException.ThrowIfNull(Client);
        if (SecretDescriptors is not null && Metadata is not null)
            throw new ArgumentException($"{nameof(Metadata)} only goes with reading all secrets: give it to each of the {nameof(SecretDescriptors)}.");
        if (SecretDescriptors?.Any() == false)
            throw new ArgumentException($"{nameof(SecretDescriptors)} needs at least one descriptor.");

        return new DaprSecretStoreConfigurationProvider(this);
    }
}
