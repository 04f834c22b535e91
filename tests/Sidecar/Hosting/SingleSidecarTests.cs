using System.Text.Json.Nodes;

namespace Resort.Tests.Sidecar.Hosting;

/// <summary>The life of a sidecar in its own process: its log, and the ways in which it ends.</summary>
public sealed class SingleSidecarTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("single-");
    private readonly ScriptedApp app = new();
    private readonly HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{FreePort.Next()}"), Timeout = Probe.Patience };

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_ends_it_with_code_0(string signal)
    {
        await using var program = await StartAsync();

        program.Signal(signal);

        (await program.ExitAsync()).Should().Be(0);
        program.Output.Should().MatchRegex("""time="[^"]+" level=info msg="dapr initialized\. Status: Running\. Init Elapsed \d+ms" app_id=shop instance=\S+ scope=dapr\.runtime type=log ver=1\.18\.3""")
            .And.Contain("msg=\"Daprd shutdown gracefully\"");
    }

    [Fact]
    public async Task It_ends_while_it_waits_for_its_app()
    {
        await using var program = Start("--app-port", $"{app.Port}");
        await Probe.UntilAsync("outbound health", () => http.GetAsync("/v1.0/healthz/outbound"), answer => (int)answer.StatusCode == 204);

        program.Signal("TERM");

        (await program.ExitAsync()).Should().Be(0);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("true", 1)]
    public async Task A_call_ends_it(string? forced, int code)
    {
        await using var program = await StartAsync();
        if (forced is not null) http.DefaultRequestHeaders.Add("dapr-force-shutdown", forced);

        using var answer = await http.PostAsync("/v1.0/shutdown", null);

        ((int)answer.StatusCode).Should().Be(204);
        (await program.ExitAsync()).Should().Be(code);
    }

    [Fact]
    public async Task Log_lines_can_be_JSON_in_a_file()
    {
        await using var program = await StartAsync("--log-as-json", "--log-file", "sidecar.log");
        program.Signal("TERM");
        await program.ExitAsync();

        var line = JsonNode.Parse(File.ReadLines(Path.Combine(folder.FullName, "sidecar.log")).First())!;

        line.AsObject().Select(field => field.Key).Should().Equal("app_id", "instance", "level", "msg", "scope", "time", "type", "ver");
        program.Output.Should().BeEmpty();
    }

    private SidecarProgram Start(params string[] flags) => SidecarProgram.Start(
        folder.FullName, ["--app-id", "shop", "--dapr-http-port", $"{http.BaseAddress!.Port}", "--dapr-grpc-port", $"{FreePort.Next()}", "--metrics-port", $"{FreePort.Next()}", "--dapr-listen-addresses", "127.0.0.1", .. flags]);

    private async Task<SidecarProgram> StartAsync(params string[] flags)
    {
        var program = Start(flags);
        await Probe.UntilAsync($"the sidecar to be ready", () => http.GetAsync("/v1.0/healthz"), answer => (int)answer.StatusCode == 204);
        return program;
    }
}
