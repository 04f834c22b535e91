namespace Resort.Sidecar.Secrets;

/// <summary>A <c>secretstores.*</c> component: secrets by name, each a set of values by key.</summary>
internal interface ISecretStore
{
    /// <summary>What <c>/v1.0/metadata</c> lists for it.</summary>
    IReadOnlyList<string> Capabilities { get; }

    /// <summary>The values of a secret, or null if there is none of that name.</summary>
    IReadOnlyDictionary<string, string>? Find(string name);

    /// <summary>All secrets.</summary>
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> All();
}
