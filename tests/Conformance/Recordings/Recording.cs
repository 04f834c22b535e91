using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Resort.Tests.Conformance.Recordings;

/// <summary>A group of scenarios: one file. Those that are not asked of another sidecar are left out.</summary>
internal sealed partial record Recording(IReadOnlyList<string> Loose, IReadOnlyList<Scenario> Scenarios)
{
    private static readonly string folder = Path.Combine(AppContext.BaseDirectory, "scenarios");

    /// <summary>All groups by name; those under <c>workflow/</c> speak gRPC and are played by another replayer.</summary>
    public static IReadOnlyDictionary<string, Recording> All { get; } = Directory.EnumerateFiles(folder, "*.json").Order().ToDictionary(file => Path.GetFileNameWithoutExtension(file), Read);

    private static Recording Read(string file)
    {
        var group = JsonNode.Parse(PostgresVersion().Replace(File.ReadAllText(file), "v2"))!;
        var asked = group["scenarios"]!.AsArray().Where(scenario => scenario!["daprdOnly"] is null);
        return new Recording(group["loose"]?.Deserialize<string[]>() ?? [], [.. asked.Select(scenario => scenario.Deserialize<Scenario>(Json.Options)!)]);
    }

    /// <summary>Real Dapr was recorded with both versions of its PostgreSQL store; here what was asked of the first is asked of the second, the only one there is.</summary>
    [GeneratedRegex(@"(?<=""state\.postgresql"",\s*""version"":\s*"")v1(?="")")]
    private static partial Regex PostgresVersion();
}
