using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Resort.Tests.Harness;

namespace Resort.Tests.EndToEnd;

/// <summary>Plays the commands of the README; the port is the test's own.</summary>
[Collection(SystemCollection.Name)]
public sealed partial class ReadmeTests(SystemFixture fixture)
{
    private static readonly string readme = File.ReadAllText(Repository.PathOf("README.md"));

    [Fact]
    public async Task The_first_booking_is_answered_as_the_README_says_and_can_be_looked_at_and_cancelled()
    {
        var booked = await PlayAsync(FencedCurl().Match(readme).Groups["command"].Value);
        booked.Should().StartWith("HTTP/1.1 201 Created");
        var id = JsonSerializer.Deserialize<JsonElement>(booked[booked.IndexOf('{', StringComparison.Ordinal)..]).GetProperty("reservationid").GetString()!;
        await fixture.Customer.ViewAsync(id, view => view.Text("reservationstatus") == "Confirmed" && view.Text("ticketnumber") is { Length: > 0 });
        var inline = InlineCurl().Matches(readme).Select(match => match.Groups["command"].Value.Replace("{reservationid}", id, StringComparison.Ordinal)).ToList();
        inline.Should().HaveCount(3);
        (await PlayAsync(inline[0])).Should().Contain("\"Confirmed\"");
        (await PlayAsync(inline[1])).Should().StartWith("HTTP/1.1 202 Accepted");
        await fixture.Customer.ViewAsync(id, view => view.Text("reservationstatus") == "Cancelled" && view.Text("paymentstatus") == "Refunded");
        (await PlayAsync(inline[2])).Should().Contain("dapr_http_server_request_count{app_id=\"reservation\"");
    }

    [Fact]
    public async Task Every_make_target_of_the_README_exists()
    {
        var targets = await RunAsync("make", "-s", "-C", Repository.Root, "help");
        foreach (Match target in MakeTarget().Matches(readme)) targets.Should().MatchRegex($@"(?m)^{target.Groups["name"].Value}\s");
    }

    [Fact]
    public void Every_link_of_the_README_leads_somewhere()
    {
        foreach (Match link in RelativeLink().Matches(readme)) Path.Exists(Repository.PathOf(link.Groups["path"].Value)).Should().BeTrue(link.Value);
    }

    private Task<string> PlayAsync(string command) => RunAsync("bash", "-c", command
        .Replace("localhost:8088", fixture.System.Gateway.Authority, StringComparison.Ordinal)
        .Replace("localhost:9501", $"127.0.0.1:{fixture.System.Apps["reservation"].Metrics}", StringComparison.Ordinal));

    private static async Task<string> RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, output);
        return output;
    }

    [GeneratedRegex(@"```\n(?<command>curl [^`]+)```")]
    private static partial Regex FencedCurl();

    [GeneratedRegex(@"`(?<command>curl [^`\n]+)`")]
    private static partial Regex InlineCurl();

    [GeneratedRegex(@"\bmake (?<name>[a-z-]+)")]
    private static partial Regex MakeTarget();

    [GeneratedRegex(@"\]\((?<path>[\w./-]+)\)")]
    private static partial Regex RelativeLink();
}
