using System.Reflection;

namespace Resort.Tests.Sdk.Surface;

/// <summary>
/// The subset offers nothing that the official packages (1.18.5) lack, to the letter: names, parameter names, defaults, virtuality, annotations.
/// The lists beside this file hold official members, also such that the subset does not have.
/// </summary>
public class SurfaceTests
{
    [Theory]
    [InlineData("Dapr.Client")]
    [InlineData("Dapr.AspNetCore")]
    [InlineData("Dapr.Extensions.Configuration")]
    [InlineData("Dapr.Workflow")]
    public void Every_public_member_is_an_official_one(string assembly)
    {
        var official = Read(assembly);
        var strangers = PublicSurface.Of(Assembly.Load(assembly))
            .SelectMany(type => official.TryGetValue(type.Key, out var members)
                ? type.Value.Except(members).Select(member => $"{type.Key} :: {member}")
                : [type.Key])
            .Order(StringComparer.Ordinal);
        strangers.Should().BeEmpty();
    }

    private static Dictionary<string, HashSet<string>> Read(string assembly)
    {
        using var stream = typeof(SurfaceTests).Assembly.GetManifestResourceStream($"Resort.Tests.Sdk.Surface.{assembly}.txt")!;
        using var reader = new StreamReader(stream);
        var types = new Dictionary<string, HashSet<string>>();
        var members = new HashSet<string>();
        foreach (var line in reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith(' '))
                members.Add(line.Trim());
            else
                types.Add(line.Trim(), members = []);
        }

        return types;
    }
}
