using System.Collections;
using Resort.Sidecar.Components;

namespace Resort.Sidecar.Secrets;

/// <summary>
/// <c>secretstores.local.env</c>: the environment variables of the sidecar, with <c>prefix</c> only those, by the name without it. A variable
/// that is not set, or that is Dapr's own, is an empty text.
/// </summary>
internal sealed class LocalEnvSecretStore(string prefix) : ISecretStore
{
    public IReadOnlyList<string> Capabilities => [];

    public static LocalEnvSecretStore Create(Component component) => new(component.Metadata.Text("prefix") ?? "");

    public IReadOnlyDictionary<string, string> Find(string name) =>
        new Dictionary<string, string> { [name] = Readable(prefix + name) ? Environment.GetEnvironmentVariable(prefix + name) ?? "" : "" };

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> All() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => (string)variable.Key)
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && Readable(name))
            .Select(name => name[prefix.Length..])
            .ToDictionary(name => name, Find);

    /// <summary>Whether a variable may be read through the sidecar: tokens and Dapr's own settings may not.</summary>
    public static bool Readable(string name) =>
        name.Length > 0 && !name.Contains(' ', StringComparison.Ordinal)
        && !name.Equals("APP_API_TOKEN", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("DAPR_", StringComparison.OrdinalIgnoreCase);
}
