namespace Dapr.Extensions.Configuration;

/// <summary>A secret that becomes configuration.</summary>
public class DaprSecretDescriptor
{
    /// <summary>Describes a secret.</summary>
    /// <param name="secretName">The configuration key.</param>
    /// <param name="isRequired">Whether its absence is an error.</param>
    /// <param name="secretKey">Its name in the store; empty when that is <paramref name="secretName"/>, too.</param>
    public DaprSecretDescriptor(string secretName, bool isRequired = true, string secretKey = "")
        : this(secretName, new Dictionary<string, string>(), isRequired, secretKey)
    {
    }

    /// <summary>Describes a secret that the component needs to be told something about.</summary>
    /// <param name="secretName">The configuration key.</param>
    /// <param name="metadata">Passed to the component.</param>
    /// <param name="isRequired">Whether its absence is an error.</param>
    /// <param name="secretKey">Its name in the store; empty when that is <paramref name="secretName"/>, too.</param>
    public DaprSecretDescriptor(string secretName, IReadOnlyDictionary<string, string> metadata, bool isRequired = true, string secretKey = "")
    {
        SecretName = secretName;
        Metadata = metadata;
        IsRequired = isRequired;
        SecretKey = string.IsNullOrEmpty(secretKey) ? secretName : secretKey;
    }

    /// <summary>The configuration key.</summary>
    public string SecretName { get; }

    /// <summary>Passed to the component.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Whether its absence is an error.</summary>
    public bool IsRequired { get; }

    /// <summary>Its name in the store.</summary>
    public string SecretKey { get; }
}
