using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Resort.Tests.Conformance.Comparison;

namespace Resort.Tests.Conformance;

/// <summary>Judges scenarios by the list of differences, and sums up a run per group.</summary>
internal sealed class Report
{
    private readonly long began = TimeProvider.System.GetTimestamp();
    private readonly ConcurrentQueue<(string Group, string Outcome, TimeSpan Time)> results = new();

    /// <summary>Plays a scenario and fails if it differs without being listed, or is listed and does not differ.</summary>
    public async Task JudgeAsync(string name, Func<Task<IReadOnlyList<Difference>>> play)
    {
        var start = TimeProvider.System.GetTimestamp();
        var differences = await play();
        var isListed = DifferenceList.All.TryGetValue(name, out var reason);
        var isGood = isListed == differences.Count > 0;
        results.Enqueue((name[..name.LastIndexOf('/')], !isGood ? "failed" : isListed ? "listed" : "passed", TimeProvider.System.GetElapsedTime(start)));
        if (isGood) return;
        Assert.Fail(isListed ? $"{name} does what real Dapr did, but differences.md lists it ({reason})" : $"{name} differs from what real Dapr did:\n{string.Join('\n', differences)}");
    }

    /// <summary>Leaves a table in <c>artifacts/</c>.</summary>
    public void Write(string file)
    {
        var table = new StringBuilder("| Group | Passed | Listed | Failed | Total | Seconds, one after the other |\n|---|---|---|---|---|---|\n");
        foreach (var group in results.GroupBy(result => result.Group).OrderBy(group => group.Key)) table.Append(Row(group.Key, [.. group]));
        table.Append(Row("all", [.. results])).Append(CultureInfo.InvariantCulture, $"\nPlayed in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s.\n");
        var path = Path.Combine(Root(), "artifacts", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, table.ToString());
    }

    private static string Row(string group, (string Group, string Outcome, TimeSpan Time)[] results)
    {
        int Count(string outcome) => results.Count(result => result.Outcome == outcome);
        return string.Create(CultureInfo.InvariantCulture, $"| {group} | {Count("passed")} | {Count("listed")} | {Count("failed")} | {results.Length} | {results.Sum(result => result.Time.TotalSeconds):0} |\n");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Resort.sln"))) folder = folder.Parent ?? throw new InvalidOperationException("Resort.sln is not above the tests");
        return folder.FullName;
    }
}
