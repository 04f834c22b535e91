using Resort.Tests.Harness;

namespace Resort.Tests.EndToEnd;

/// <summary>The shared resources with other words in resiliency.yaml.</summary>
internal class ChangedPolicies : IDisposable
{
    public ChangedPolicies(params (string Usual, string Changed)[] changes)
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("components/shared"), "*.yaml"))
        {
            var yaml = File.ReadAllText(file);
            if (Path.GetFileName(file) == "resiliency.yaml") yaml = changes.Aggregate(yaml, Replace);
            File.WriteAllText(Path.Combine(Folder, Path.GetFileName(file)), yaml);
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("resort-shared-").FullName;

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private static string Replace(string yaml, (string Usual, string Changed) change) => yaml.Contains(change.Usual, StringComparison.Ordinal)
        ? yaml.Replace(change.Usual, change.Changed, StringComparison.Ordinal)
        : throw new InvalidOperationException($"resiliency.yaml has no '{change.Usual}'");
}
