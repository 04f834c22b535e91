using System.Text.Json;
using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Recordings;

/// <summary>A group of scenarios: one file. Those that are not asked of another sidecar, or that need a server, are left out.</summary>
internal sealed record Recording(IReadOnlyList<string> Loose, IReadOnlyList<Scenario> Scenarios)
{
    private static readonly string folder = Path.Combine(AppContext.BaseDirectory, "scenarios");

    /// <summary>All groups by name; those under <c>workflow/</c> speak gRPC and are played by another replayer.</summary>
    public static IReadOnlyDictionary<string, Recording> All { get; } = Directory.EnumerateFiles(folder, "*.json").Order().ToDictionary(file => Path.GetFileNameWithoutExtension(file), Read);

    private static Recording Read(string file)
    {
        var group = JsonNode.Parse(File.ReadAllText(file))!;
        var asked = group["scenarios"]!.AsArray().Where(scenario => scenario!["daprdOnly"] is null && scenario["needs"] is null);
        return new Recording(group["loose"]?.Deserialize<string[]>() ?? [], [.. asked.Select(scenario => scenario.Deserialize<Scenario>(Json.Options)!)]);
    }
}
