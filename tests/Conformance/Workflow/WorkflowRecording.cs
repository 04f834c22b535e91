using System.Text.Json;
using Resort.Tests.Conformance.Recordings;

namespace Resort.Tests.Conformance.Workflow;

/// <summary>The recorded workflow scenarios, one file for each group.</summary>
internal static class WorkflowRecording
{
    public const string Folder = "workflow";

    /// <summary>All that are asked of another sidecar, by <c>workflow/group/scenario</c>.</summary>
    public static IReadOnlyDictionary<string, WorkflowScenario> All { get; } = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "scenarios", Folder), "*.json").Order()
        .SelectMany(file => Read(file).Select(scenario => ($"{Folder}/{Path.GetFileNameWithoutExtension(file)}/{scenario.Name}", scenario))).ToDictionary();

    private static IEnumerable<WorkflowScenario> Read(string file) => Json.Parse(File.ReadAllText(file))!["scenarios"]!.AsArray()
        .Where(scenario => scenario!["daprdOnly"] is null).Select(scenario => scenario.Deserialize<WorkflowScenario>(Json.Options)!);
}
