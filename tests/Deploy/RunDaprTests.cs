using System.Globalization;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Deploy;

/// <summary>
/// <c>tools/run-dapr</c> with programs in the place of Dapr's, which only tell how they were called: what it looks for, starts and hands on. That
/// the apps run under the real ones, they do not show.
/// </summary>
public sealed class RunDaprTests : IDisposable
{
    private static readonly string[] programs = ["bin/dapr", ".dapr/bin/daprd", ".dapr/bin/placement", ".dapr/bin/scheduler"];
    private readonly string home = Directory.CreateTempSubdirectory("run-dapr-").FullName;
    private readonly int placement = FreePort.Next();
    private readonly int scheduler = FreePort.Next();

    public void Dispose() => Directory.Delete(home, recursive: true);

    [ServerFact("node")]
    public async Task It_starts_what_does_not_answer_hands_the_template_with_its_set_to_the_CLI_and_leaves_nothing_running()
    {
        Install("bin/dapr", "echo \"dapr $*\"; cat");
        Install(".dapr/bin/daprd", "exit 1");
        foreach (var service in new[] { "placement", "scheduler" })
            Install($".dapr/bin/{service}", $"echo \"$* pid=$$\" > {home}/{service}; exec node -e 'require(\"net\").createServer().listen(+process.argv[1])' \"$2\"");

        var (code, output, errors) = await RunAsync("redis");

        code.Should().Be(0, errors);
        output.Should().StartWith("dapr run -f -").And.Contain("components/shared").And.Contain("components/redis").And.NotContain("components/embedded")
            .And.Contain($"placementHostAddress: localhost:{placement}").And.Contain($"schedulerHostAddress: localhost:{scheduler}");
        Yaml.Read(output[output.IndexOf("version:", StringComparison.Ordinal)..]).Should().ContainSingle();
        foreach (var (service, port) in new[] { ("placement", placement), ("scheduler", scheduler) })
        {
            var call = await File.ReadAllTextAsync(Path.Combine(home, service));
            call.Should().StartWith($"--port {port} ");
            var process = int.Parse(call.Split("pid=")[1], CultureInfo.InvariantCulture);
            await Probe.UntilAsync($"{service} has ended", () => Task.FromResult(ResortSystem.IsRunning(process)), running => !running);
        }
    }

    [Theory]
    [InlineData("redis", "bin/dapr", "The Dapr CLI is not on the PATH")]
    [InlineData("redis", ".dapr/bin/daprd", "There is no {home}/.dapr/bin/daprd: run `dapr init`")]
    [InlineData("redis", ".dapr/bin/placement", "there is no {home}/.dapr/bin/placement")]
    [InlineData("embedded", "", "The set 'embedded' is for the embedded sidecar")]
    [InlineData("none", "", "There is no component set components/none")]
    public async Task What_is_missing_is_told_with_the_way_to_get_it(string set, string missing, string message)
    {
        foreach (var program in programs.Where(program => program != missing)) Install(program, "exit 9");

        var (code, output, errors) = await RunAsync(set);

        (code, output).Should().Be((1, ""));
        errors.Should().Contain(message.Replace("{home}", home, StringComparison.Ordinal));
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(string set) => Command.RunAsync(Repository.Root, Repository.PathOf("tools/run-dapr"), [], new Dictionary<string, string>
    {
        ["COMPONENTS"] = set,
        ["HOME"] = home,
        ["DAPR_RUNTIME_PATH"] = home,
        ["PATH"] = $"{home}/bin:{Environment.GetEnvironmentVariable("PATH")}",
        ["PLACEMENT"] = placement.ToString(CultureInfo.InvariantCulture),
        ["SCHEDULER"] = scheduler.ToString(CultureInfo.InvariantCulture),
    });

    private void Install(string program, string script)
    {
        var file = Path.Combine(home, program);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, $"#!/usr/bin/env bash\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
