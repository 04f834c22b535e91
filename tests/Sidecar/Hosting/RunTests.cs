using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Resort.Tests.Sidecar.Hosting;

/// <summary><c>run -f</c> with real processes: each app is another sidecar without an app, since that is a program with a port that is at hand.</summary>
public sealed class RunTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("run-");
    private readonly HttpClient http = new() { Timeout = Probe.Patience };
    private readonly int[] ports = [.. Enumerable.Range(0, 6).Select(_ => FreePort.Next())];

    public void Dispose()
    {
        http.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task All_apps_start_tell_who_they_are_and_stop_at_a_signal()
    {
        await using var program = await StartAsync("--ready-message", "call me");

        program.Output.Should().Contain("✅  all 2 apps are ready in").And.Contain("call me").And.MatchRegex("== APP - one == .*dapr initialized");
        var metadata = JsonNode.Parse(await http.GetStringAsync($"http://127.0.0.1:{ports[0]}/v1.0/metadata"))!;
        metadata["id"]!.GetValue<string>().Should().Be("one");
        metadata["extended"]!["cliPID"]!.GetValue<string>().Should().Be($"{program.Id}");
        metadata["extended"]!["runTemplatePath"]!.GetValue<string>().Should().Be(Path.Combine(folder.FullName, "dapr.yaml"));
        (await File.ReadAllTextAsync(metadata["extended"]!["appLogPath"]!.GetValue<string>())).Should().Contain("== APP - one == ");
        (await File.ReadAllTextAsync(metadata["extended"]!["daprdLogPath"]!.GetValue<string>())).Should().Contain("application discovered on port");

        program.Signal("INT");

        (await program.ExitAsync()).Should().Be(0);
        ports.Should().OnlyContain(port => IsFree(port));
    }

    [Fact]
    public async Task A_crashed_app_is_started_again()
    {
        await using var program = await StartAsync();
        var first = await AppProcessAsync();

        KillNow(first);

        await Probe.UntilAsync("another process", AppProcessAsync, id => id != first);
        await program.WritesAsync("The App process `one` exited with error code: signal: killed; it is started again in 0.5 s");
        await Probe.UntilAsync("the app to answer", () => http.GetAsync($"http://127.0.0.1:{ports[2]}/v1.0/healthz"), answer => answer.StatusCode == HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task No_app_outlives_a_killed_run_and_the_next_run_starts()
    {
        await using (var program = await StartAsync()) program.Signal("KILL");

        await using var next = await StartAsync();

        (await http.GetAsync($"http://127.0.0.1:{ports[2]}/v1.0/healthz")).StatusCode.Should().Be(HttpStatusCode.NoContent);
        next.Signal("KILL");
        await Probe.UntilAsync("all ports to be free", () => ports.All(IsFree));
    }

    [Fact]
    public async Task Shutdown_of_one_sidecar_leaves_its_app_and_the_others_alone()
    {
        await using var program = await StartAsync();

        using var answer = await http.PostAsync($"http://127.0.0.1:{ports[0]}/v1.0/shutdown", null);

        await Probe.UntilAsync("the sidecar to end", () => IsFree(ports[0]));
        (await http.GetAsync($"http://127.0.0.1:{ports[2]}/v1.0/healthz")).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await http.GetAsync($"http://127.0.0.1:{ports[3]}/v1.0/healthz")).StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_an_app_that_is_being_replaced_and_does_not_end()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "dapr.yaml"),
            $$"""
            version: 1
            apps:
            - { appID: deaf, appDirPath: ., daprHTTPPort: {{ports[0]}}, command: [sh, -c, "trap 'echo asked to end' TERM; echo started; while :; do sleep 1; done"] }
            """);
        await using var program = SidecarProgram.Start(folder.FullName, "run", "-f", ".");
        await program.WritesAsync("started");
        program.Signal("USR1");
        await program.WritesAsync("asked to end");

        program.Signal("INT");

        (await program.ExitAsync()).Should().Be(0);
        program.Output.Should().Contain("App `deaf` does not end in time and is killed");
    }

    [Fact]
    public async Task An_app_can_be_left_out()
    {
        await WriteTemplateAsync("");
        await using var program = SidecarProgram.Start(folder.FullName, "run", "-f", ".", "--without", "two");

        await program.WritesAsync("all 1 apps are ready");

        program.Output.Should().Contain("⚠  App \"two\" is left out (--without)");
        ports[3..].Should().OnlyContain(port => IsFree(port));
    }

    [Fact]
    public async Task Nothing_starts_if_one_resource_is_wrong()
    {
        folder.CreateSubdirectory("wrong");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "wrong", "store.yaml"), "apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: { name: a }\nspec: { type: secretstores.nosuch }\n");
        await WriteTemplateAsync("resourcesPaths: [wrong]");

        await using var program = SidecarProgram.Start(folder.FullName, "run", "-f", "dapr.yaml");

        (await program.ExitAsync()).Should().Be(1);
        program.Output.Should().Contain("store.yaml:4: ").And.NotContain("== APP").And.NotContain("   at ");
    }

    [Fact]
    public async Task A_check_tells_all_that_is_wrong_and_starts_nothing()
    {
        folder.CreateSubdirectory("wrong");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "wrong", "store.yaml"), "apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: { name: a }\nspec: { type: secretstores.nosuch }\n");
        await WriteTemplateAsync("resourcesPaths: [wrong]");
        using var taken = new TcpListener(IPAddress.Any, ports[0]);
        taken.Start();

        await using var program = SidecarProgram.Start(folder.FullName, "check", "-f", "dapr.yaml");

        (await program.ExitAsync()).Should().Be(1);
        program.Output.Should().Contain($"port {ports[0]}, the Dapr HTTP port of app `one`, is taken by another process").And.Contain("store.yaml:4: ")
            .And.Contain("✅  one: its resources are right").And.NotContain("== APP");
        taken.Stop();
        await WriteTemplateAsync("");
        await using var again = SidecarProgram.Start(folder.FullName, "check", "-f", "dapr.yaml");
        (await again.ExitAsync()).Should().Be(0, again.Output);
        Directory.Exists(Path.Combine(folder.FullName, "data")).Should().BeFalse();
    }

    private async Task<SidecarProgram> StartAsync(params string[] arguments)
    {
        await WriteTemplateAsync("");
        var program = SidecarProgram.Start(folder.FullName, ["run", "-f", ".", .. arguments]);
        await program.WritesAsync("apps are ready");
        return program;
    }

    private Task WriteTemplateAsync(string ofTheSecond) => File.WriteAllTextAsync(Path.Combine(folder.FullName, "dapr.yaml"),
        $$"""
        version: 1
        common:
          env: { HOME: {{folder.FullName}} }
        apps:
        - { appID: one, appDirPath: ., daprHTTPPort: {{ports[0]}}, daprGRPCPort: {{ports[1]}}, appPort: {{ports[2]}}, command: {{AppCommand(ports[2])}} }
        - { appID: two, appDirPath: ., daprHTTPPort: {{ports[3]}}, daprGRPCPort: {{ports[4]}}, appPort: {{ports[5]}}, command: {{AppCommand(ports[5])}}, {{ofTheSecond}} }
        """);

    private static string AppCommand(int port) =>
        $"[{string.Join(", ", SidecarProgram.Command)}, --app-id, app, --metrics-port, '{FreePort.Next()}', --dapr-listen-addresses, 127.0.0.1, --dapr-http-port, '{port}', --dapr-grpc-port, '{FreePort.Next()}']";

    private async Task<int> AppProcessAsync()
    {
        var metadata = JsonNode.Parse(await http.GetStringAsync($"http://127.0.0.1:{ports[0]}/v1.0/metadata"))!;
        return int.Parse(metadata["extended"]!["appPID"]!.GetValue<string>());
    }

    private static void KillNow(int id)
    {
        using var process = System.Diagnostics.Process.GetProcessById(id);
        process.Kill();
    }

    private static bool IsFree(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
