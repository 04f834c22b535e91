using System.Collections.Concurrent;
using System.Text;
using Resort.Tests.Harness;

namespace Resort.Tests.ComponentSets;

/// <summary>Which set has which behaviour: left in <c>artifacts/components.md</c> and printed when all has been checked.</summary>
internal sealed class BehaviourTable
{
    private readonly ConcurrentDictionary<(string Set, string Behaviour), string> outcomes = new();
    private readonly ConcurrentQueue<string> order = new();

    public void Note(string set, string behaviour, string outcome)
    {
        if (!order.Contains(behaviour)) order.Enqueue(behaviour);
        outcomes[(set, behaviour)] = outcome;
    }

    public void Write()
    {
        var sets = ComponentSet.All.Select(set => set.Name).ToList();
        var table = new StringBuilder($"| Behaviour | {string.Join(" | ", sets)} |\n|---|{string.Concat(sets.Select(_ => "---|"))}\n");
        foreach (var behaviour in order) table.Append($"| {behaviour} | {string.Join(" | ", sets.Select(set => outcomes.GetValueOrDefault((set, behaviour), "not here")))} |\n");
        Directory.CreateDirectory(Repository.PathOf("artifacts"));
        File.WriteAllText(Repository.PathOf("artifacts/components.md"), table.ToString());
        Console.WriteLine(table);
    }
}
