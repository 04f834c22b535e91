using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Resort.Tests.Architecture;

/// <summary>Rules about the text of the sources.</summary>
public partial class SourceTests
{
    private const int Ceiling = 250;

    private static readonly string[] sources = [.. new[] { "services", "workflows", "sdk", "sidecar", "tests" }.SelectMany(folder => Repository.Files(folder, ".cs", ".ts"))];

    [Fact]
    public void No_file_is_longer_than_the_ceiling() =>
        sources.Select(file => (File: Repository.Relative(file), Lines: File.ReadLines(file).Count())).Where(file => file.Lines > Ceiling)
            .Should().BeEmpty($"a file holds one idea in at most {Ceiling} lines");

    [Fact]
    public async Task Every_file_is_formatted()
    {
        using var format = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["format", "whitespace", Repository.Root, "--folder", "--verify-no-changes", "--exclude", "**/bin/", "**/obj/", "**/node_modules/"])
        { RedirectStandardError = true })!;
        var told = await format.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(2));
        await format.WaitForExitAsync();
        told.Should().BeEmpty("`dotnet format whitespace Resort.sln` mends it");
        format.ExitCode.Should().Be(0);
    }

    [Fact]
    public void Every_test_class_is_put_away() =>
        sources.Where(file => File.ReadAllText(file) is var text && IsTest().IsMatch(text) && LeftBehind().IsMatch(text)).Select(Repository.Relative)
            .Should().BeEmpty("xunit calls IDisposable and IAsyncLifetime, but not IAsyncDisposable");

    [Fact]
    public void No_name_hides_what_a_thing_does() =>
        sources.Where(file => VagueName().IsMatch(Path.GetFileNameWithoutExtension(file)) || VagueType().IsMatch(File.ReadAllText(file))).Select(Repository.Relative)
            .Where(file => !file.StartsWith(Path.Combine("tests", "Architecture"), StringComparison.Ordinal)).Should().BeEmpty();

    [Fact]
    public void Services_and_workflows_do_not_know_which_sidecar_or_which_infrastructure_they_have() =>
        Repository.Files("services", ".cs", ".ts", ".json", ".csproj").Concat(Repository.Files("workflows", ".cs"))
            .SelectMany(file => File.ReadLines(file).Select((line, i) => $"{Repository.Relative(file)}:{i + 1}: {line.Trim()}"))
            .Where(line => Infrastructure().IsMatch(line)).Should().BeEmpty("types and addresses of brokers and stores stand in component YAML only");

    [Fact]
    public void The_repository_stands_alone() =>
        Repository.Files("", ".cs", ".csproj", ".props", ".targets", ".md", ".yaml", ".yml", ".mjs", ".ts", ".json", ".proto", "")
            .Where(file => !Repository.Relative(file).StartsWith(Path.Combine("tests", "Architecture"), StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Select((line, i) => $"{Repository.Relative(file)}:{i + 1}: {line.Trim()}"))
            .Where(line => MachinePath().IsMatch(line)).Should().BeEmpty("nothing of a developer's machine belongs into the repository");

    [GeneratedRegex(@"^    \[\w*(Fact|Theory)\b", RegexOptions.Multiline)]
    private static partial Regex IsTest();

    [GeneratedRegex(@"^public [^\n]*\bclass \w+Tests\b(?![^\n]*IAsyncLifetime)[^\n]*\bIAsyncDisposable\b", RegexOptions.Multiline)]
    private static partial Regex LeftBehind();

    [GeneratedRegex("(Helper|Manager|Util|Utils|Common)$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\b(class|record|struct|interface)\s+\w*(Helper|Manager|Util|Utils|Common)s?\b")]
    private static partial Regex VagueType();

    [GeneratedRegex(@"\bdaprd\b|resort-sidecar|Resort\.Sidecar|embedded sidecar|\b(pubsub|state|bindings)\.(sqlite|redis|kafka|rabbitmq|postgresql|in-memory|mongodb)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Infrastructure();

    [GeneratedRegex(@"(^|[\s""'(=:])/(work|farm|root|home)/|\.\./shared")]
    private static partial Regex MachinePath();
}
