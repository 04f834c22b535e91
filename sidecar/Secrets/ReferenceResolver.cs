using System.Text.RegularExpressions;
using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;

namespace Resort.Sidecar.Secrets;

/// <summary>
/// Puts values in the place of <c>secretKeyRef</c>, <c>envRef</c> and the placeholders <c>{uuid}</c>, <c>{appID}</c>, <c>{namespace}</c> and
/// <c>{podName}</c> in a component's metadata. daprd goes on without a secret that is not there; here it ends the start.
/// </summary>
internal sealed partial class ReferenceResolver(SecretStores secrets, SidecarOptions options, TimeProvider clock)
{
    /// <exception cref="ResourceException">A secret, its store or a variable is missing.</exception>
    public Component Resolve(Component component) => component with { Metadata = component.Metadata.With(item => Filled(Resolve(item, component.SecretStore), item)) };

    /// <summary>The value of one entry; <paramref name="secretStore"/> is the store that its resource names.</summary>
    /// <exception cref="ResourceException">A secret, its store or a variable is missing.</exception>
    public string? Resolve(MetadataItem item, string? secretStore) => item switch
    {
        { SecretKeyRef: { } secret } => Secret(secretStore, secret, item.Location),
        { EnvRef: { } variable } => Variable(variable, item.Location),
        _ => item.Value,
    };

    private string? Filled(string? value, MetadataItem item) => value is null ? null : Placeholder().Replace(value, match => Fill(match.Value, item.Location));

    private string Secret(string? secretStore, SecretReference reference, SourceLocation where)
    {
        if (secretStore is not { Length: > 0 } name)
            throw new ResourceException(where, $"`secretKeyRef` needs `auth.secretStore`, the name of the store that has `{reference.Name}`");
        if (!secrets.All.TryGetValue(name, out var store))
            throw new ResourceException(where, $"there is no secret store `{name}`{(secrets.All.Count > 0 ? $"; there is {string.Join(", ", secrets.All.Keys)}" : "")}");
        if (store.Find(reference.Name) is not { } values) throw new ResourceException(where, $"secret store `{name}` has no secret `{reference.Name}`");
        return values.TryGetValue(reference.Key, out var value)
            ? value
            : throw new ResourceException(where, $"secret `{reference.Name}` of store `{name}` has no key `{reference.Key}`; it has {string.Join(", ", values.Keys)}");
    }

    /// <summary>A variable that is not set is an empty text, as in Dapr.</summary>
    private static string Variable(string name, SourceLocation where) => LocalEnvSecretStore.Readable(name)
        ? Environment.GetEnvironmentVariable(name) ?? ""
        : throw new ResourceException(where, $"`envRef: {name}` is not allowed: tokens and variables of Dapr itself cannot be read");

    private string Fill(string placeholder, SourceLocation where) => placeholder switch
    {
        "{uuid}" => Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
        "{appID}" => options.AppId,
        "{namespace}" => $"{options.Namespace}.{options.AppId}",
        _ => Environment.GetEnvironmentVariable("POD_NAME") ?? throw new ResourceException(where, "`{podName}` needs the environment variable POD_NAME"),
    };

    [GeneratedRegex(@"\{(?:uuid|appID|namespace|podName)\}")]
    private static partial Regex Placeholder();
}
