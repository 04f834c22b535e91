using Resort.Tests.Harness;

namespace Resort.Tests.EndToEnd;

/// <summary>The shared resources with some values of resiliency.yaml changed.</summary>
internal sealed class Policies : IDisposable
{
    public const int Attempts = 4;

    private Policies(params (string Usual, string Changed)[] changes)
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("components/shared"), "*.yaml"))
        {
            var yaml = File.ReadAllText(file);
            if (Path.GetFileName(file) == "resiliency.yaml") yaml = changes.Aggregate(yaml, Change);
            File.WriteAllText(Path.Combine(Folder, Path.GetFileName(file)), yaml);
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("resort-shared-").FullName;

    /// <summary>Deliveries are given up within a second instead of a minute and a half.</summary>
    public static Policies QuickDeliveries() => new(("maxInterval: 10s", "maxInterval: 50ms"), ("maxRetries: 15", $"maxRetries: {Attempts - 1}"));

    /// <summary>A payment may take its time: for tests that are not about those that take too long, on a machine that is busy.</summary>
    public static Policies PatientPayment() => new(("payment: 610ms", "payment: 30s"));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Change(string yaml, (string Usual, string Changed) change) => yaml.Contains(change.Usual, StringComparison.Ordinal)
        ? yaml.Replace(change.Usual, change.Changed, StringComparison.Ordinal)
        : throw new InvalidOperationException($"resiliency.yaml has no '{change.Usual}'");
}
