using System.Text;
using System.Text.Json.Nodes;
using Resort.Tests.Harness;

namespace Resort.Tests.Deploy.Schemas;

/// <summary>
/// Holds objects to types: each becomes a literal of its type in a TypeScript file, in which the compiler refuses a field that does not exist, lacks
/// one that is required, and knows the allowed words.
/// </summary>
internal static class TypeCheck
{
    private static readonly SemaphoreSlim oneAtATime = new(1);
    private static readonly string folder = Repository.PathOf("tests/Deploy/Schemas");

    /// <param name="objects">Pairs of a name, for the error, and an object with the module and the name of its type.</param>
    /// <returns>One line per error.</returns>
    public static async Task<IReadOnlyList<string>> ErrorsAsync(IEnumerable<(string Name, string Module, string Type, JsonNode Value)> objects)
    {
        await oneAtATime.WaitAsync();
        try { return await CheckAsync([.. objects]); }
        finally { oneAtATime.Release(); }
    }

    private static async Task<IReadOnlyList<string>> CheckAsync(List<(string Name, string Module, string Type, JsonNode Value)> all)
    {
        if (!File.Exists(Path.Combine(folder, "node_modules/.package-lock.json")))
            await Command.OutputAsync(folder, "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error");
        var source = new StringBuilder();
        // one line each, so that the line of an error tells the object
        foreach (var (it, i) in all.Select((it, i) => (it, i))) source.AppendLine($"import type {{ {it.Type} as T{i} }} from '{it.Module}'; export const it{i}: T{i} = {it.Value.ToJsonString()};");
        var file = Path.Combine(folder, $"check-{Environment.ProcessId}.ts");
        await File.WriteAllTextAsync(file, source.ToString());
        try
        {
            var (_, output, _) = await Command.RunAsync(folder, "node",
                ["node_modules/typescript/lib/tsc.js", "--noEmit", "--strict", "--skipLibCheck", "--pretty", "false", "--target", "es2022", "--module", "nodenext", file]);
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains("error TS", StringComparison.Ordinal)).Select(line => Named(line, all))];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Named(string line, List<(string Name, string Module, string Type, JsonNode Value)> all)
    {
        var place = line[(line.IndexOf('(', StringComparison.Ordinal) + 1)..].Split(',')[0];
        return int.TryParse(place, out var number) ? $"{all[number - 1].Name}: {line[(line.IndexOf("error TS", StringComparison.Ordinal) + 6)..]}" : line;
    }
}
