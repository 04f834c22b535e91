using System.Net;
using System.Text.Json.Nodes;

namespace Resort.Tests.Sidecar.Hosting;

/// <summary>Two replicas of an app, each another sidecar without an app, and a third sidecar that calls them while their processes are replaced.</summary>
public sealed class ReplacementTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("replace-");
    private readonly HttpClient http = new() { Timeout = Probe.Patience };
    private readonly int[] sidecars = [FreePort.Next(), FreePort.Next()];
    private readonly int caller = FreePort.Next();

    public void Dispose()
    {
        http.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task At_SIGUSR1_all_processes_are_replaced_and_no_call_fails()
    {
        await using var program = await StartAsync();
        var before = await ProcessesAsync();
        using var enough = new CancellationTokenSource();
        var calls = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CallUntilAsync(enough.Token))); // beside each other, so that they mix their turns

        program.Signal("USR1");

        await program.WritesAsync("all apps are replaced");
        await enough.CancelAsync();
        (await calls).SelectMany(each => each).Should().OnlyContain(status => status == HttpStatusCode.OK).And.HaveCountGreaterThan(10);
        (await ProcessesAsync()).Should().HaveCount(2).And.NotIntersectWith(before);
    }

    [Fact]
    public async Task An_app_that_hangs_is_started_again_while_its_replica_serves()
    {
        await using var program = await StartAsync("--restart-hung", "2");
        var hung = (await ProcessesAsync())[0];

        using (var stop = System.Diagnostics.Process.Start("kill", ["-s", "STOP", "--", $"-{hung}"])) await stop.WaitForExitAsync();

        await program.WritesAsync("App `one` fails its health checks since 2 s: it is started again");
        (await CallAsync()).Should().Be(HttpStatusCode.OK, "the other replica is well");
        await Probe.UntilAsync("another process", async () => (await ProcessesAsync())[0], id => id != hung);
        await Probe.UntilAsync("its readiness", () => http.GetAsync($"http://127.0.0.1:{sidecars[0]}/v1.0/invoke/one/method/v1.0/healthz"), answer => answer.StatusCode == HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_hung_app_is_left_alone_unless_somebody_wants_otherwise_in_whole_seconds()
    {
        await using var refused = SidecarProgram.Start(folder.FullName, "run", "-f", ".", "--restart-hung", "0");
        (await refused.ExitAsync()).Should().Be(1);
        refused.Output.Should().Contain("--restart-hung takes a number of seconds, 1 or more");
    }

    private async Task<List<HttpStatusCode>> CallUntilAsync(CancellationToken enough)
    {
        List<HttpStatusCode> all = [];
        while (!enough.IsCancellationRequested) all.Add(await CallAsync());
        return all;
    }

    private async Task<HttpStatusCode> CallAsync()
    {
        using var answer = await http.GetAsync($"http://127.0.0.1:{caller}/v1.0/invoke/one/method/v1.0/metadata");
        return answer.StatusCode;
    }

    private async Task<SidecarProgram> StartAsync(params string[] arguments)
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "dapr.yaml"),
            $$"""
            version: 1
            common:
              env: { HOME: {{folder.FullName}} }
            apps:
            {{App(sidecars[0])}}
            {{App(sidecars[1])}}
            - { appID: caller, appDirPath: ., daprHTTPPort: {{caller}} }
            """);
        var program = SidecarProgram.Start(folder.FullName, ["run", "-f", ".", .. arguments]);
        await program.WritesAsync("apps are ready");
        return program;
    }

    private static string App(int sidecar)
    {
        var port = FreePort.Next();
        return $"- {{ appID: one, appDirPath: ., daprHTTPPort: {sidecar}, appPort: {port}, enableAppHealthCheck: true, appHealthCheckPath: /v1.0/healthz, appHealthProbeInterval: 1, "
            + $"command: [{string.Join(", ", SidecarProgram.Command)}, --app-id, app, --metrics-port, '{FreePort.Next()}', --dapr-listen-addresses, 127.0.0.1, --dapr-http-port, '{port}', --dapr-grpc-port, '{FreePort.Next()}'] }}";
    }

    private async Task<List<int>> ProcessesAsync()
    {
        List<int> all = [];
        foreach (var port in sidecars)
        {
            var metadata = JsonNode.Parse(await http.GetStringAsync($"http://127.0.0.1:{port}/v1.0/metadata"))!;
            all.Add(int.Parse(metadata["extended"]!["appPID"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture));
        }
        return all;
    }
}
