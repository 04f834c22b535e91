using System.Text.Json;
using Resort.Sidecar.Components;

namespace Resort.Sidecar.Secrets;

/// <summary>
/// <c>secretstores.local.file</c>: a JSON file, read once at start. Nested names are joined by a separator, list elements by their index; with
/// <c>multiValued</c> the names below the top level are the keys of one secret. Unlike daprd, numbers and bools come out as they are written.
/// </summary>
internal sealed class LocalFileSecretStore : ISecretStore
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> secrets = new(StringComparer.Ordinal);
    private readonly string separator;

    private LocalFileSecretStore(string separator, bool multiValued)
    {
        this.separator = separator;
        Capabilities = multiValued ? ["MULTIPLE_KEY_VALUES_PER_SECRET"] : [];
    }

    public IReadOnlyList<string> Capabilities { get; }

    /// <summary>Reads <c>secretsFile</c>; a relative path begins in the working directory.</summary>
    /// <exception cref="ResourceException">The file is missing, or is no JSON object.</exception>
    public static LocalFileSecretStore Create(Component component)
    {
        var metadata = component.Metadata;
        var multiValued = metadata.Bool("multiValued", false);
        var store = new LocalFileSecretStore(metadata.Text("nestedSeparator") is { Length: > 0 } text ? text : ":", multiValued);
        using var file = Read(metadata.RequiredText("secretsFile"), metadata.LocationOf("secretsFile"));
        if (multiValued) store.AddMultiValued(file.RootElement);
        else foreach (var (name, value) in store.Flatten("", file.RootElement)) store.secrets[name] = Single(name, value);
        return store;
    }

    public IReadOnlyDictionary<string, string>? Find(string name) => secrets.GetValueOrDefault(name);

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> All() => secrets;

    private void AddMultiValued(JsonElement root)
    {
        foreach (var secret in root.EnumerateObject())
            if (secret.Value.ValueKind == JsonValueKind.String) secrets[secret.Name] = Single(secret.Name, secret.Value.GetString()!);
            else if (secret.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                var values = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var (key, value) in Flatten("", secret.Value)) values[key] = value;
                secrets[secret.Name] = values;
            }
    }

    private IEnumerable<(string Name, string Value)> Flatten(string path, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Flatten(Join(path, member.Name), member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, i) => Flatten(Join(path, $"{i}"), item)),
        JsonValueKind.String => [(path, element.GetString()!)],
        JsonValueKind.Null => [],
        _ => [(path, element.GetRawText())],
    };

    private string Join(string path, string name) => path.Length == 0 ? name : path + separator + name;

    private static Dictionary<string, string> Single(string name, string value) => new() { [name] = value };

    private static JsonDocument Read(string path, SourceLocation where)
    {
        try
        {
            var file = JsonDocument.Parse(File.ReadAllBytes(path));
            return file.RootElement.ValueKind == JsonValueKind.Object ? file : throw new ResourceException(new SourceLocation(path, 1), "a secrets file must be a JSON object");
        }
        catch (JsonException e)
        {
            throw new ResourceException(new SourceLocation(path, (int)(e.LineNumber ?? 0) + 1), $"this is not JSON: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResourceException(where, $"the secrets file cannot be read: {e.Message}");
        }
    }
}
