using Resort.Tests.Harness;

namespace Resort.Tests.EndToEnd;

/// <summary>The shared resources with a policy for deliveries that gives up within a second instead of a minute and a half.</summary>
internal sealed class QuickDeliveries : IDisposable
{
    public const int Attempts = 4;

    public QuickDeliveries()
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("components/shared"), "*.yaml"))
        {
            var yaml = File.ReadAllText(file);
            if (Path.GetFileName(file) == "resiliency.yaml") yaml = Replace(Replace(yaml, "maxInterval: 10s", "maxInterval: 50ms"), "maxRetries: 15", $"maxRetries: {Attempts - 1}");
            File.WriteAllText(Path.Combine(Folder, Path.GetFileName(file)), yaml);
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("resort-shared-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Replace(string yaml, string usual, string quick) =>
        yaml.Contains(usual, StringComparison.Ordinal) ? yaml.Replace(usual, quick, StringComparison.Ordinal) : throw new InvalidOperationException($"resiliency.yaml has no '{usual}'");
}
