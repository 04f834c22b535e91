using Resort.Sidecar.Hosting;
using Resort.Sidecar.Hosting.Flags;

namespace Resort.Tests.Sidecar.Hosting;

public sealed class CommandLineTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("flags-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(2, "--colour", "--app-id", "shop", "--colour", "blue")]
    [InlineData(1, "--app-id is missing", "--app-port", "8080")]
    [InlineData(1, "--app-id must have no dots: 'a.b'", "--app-id", "shop", "--app-id", "a.b")]
    [InlineData(1, "--dapr-http-port must be a port (1 to 65535), not 'many'", "-app-id", "shop", "-dapr-http-port=many")]
    [InlineData(1, "--dapr-http-port 8080 is the app's port", "--app-id", "shop", "--app-port", "8080", "--dapr-http-port", "8080")]
    [InlineData(1, "--app-protocol must be http, https, not 'carrier-pigeon'", "--app-id", "shop", "--app-protocol", "carrier-pigeon")]
    [InlineData(1, "--enable-mtls the embedded sidecar has no mTLS; use daprd", "--app-id", "shop", "--enable-mtls")]
    [InlineData(1, "/nowhere is not a folder", "--app-id", "shop", "--resources-path", "/nowhere")]
    [InlineData(1, "/nowhere.yaml:1: cannot be read", "--app-id", "shop", "--config", "/nowhere.yaml")]
    public async Task What_cannot_be_ends_the_process_with_one_clear_line(int code, string text, params string[] arguments)
    {
        await using var program = SidecarProgram.Start(folder.FullName, arguments);

        (await program.ExitAsync()).Should().Be(code);
        program.Output.Should().Contain(text).And.NotContain("\n").And.NotContain("   at ");
    }

    [Theory]
    [InlineData("--dapr-http-port")]
    [InlineData("--dapr-grpc-port")]
    [InlineData("--metrics-port")]
    public async Task A_port_that_is_taken_is_named(string flag)
    {
        await using var app = new ScriptedApp();
        await app.StartAsync();

        string[] flags = ["--dapr-http-port", "--dapr-grpc-port", "--metrics-port"];
        await using var program = SidecarProgram.Start(folder.FullName,
            ["--app-id", "shop", "--dapr-listen-addresses", "127.0.0.1", "--metrics-listen-address", "127.0.0.1", .. flags.SelectMany(each => new[] { each, $"{(each == flag ? app.Port : FreePort.Next())}" })]);

        (await program.ExitAsync()).Should().Be(1);
        program.Output.Should().Contain($"127.0.0.1:{app.Port}: address already in use");
    }

    [Fact]
    public void Flags_mean_what_they_mean_to_daprd()
    {
        var options = Read(new()
        {
            ["app-id"] = ["shop"],
            ["app-port"] = ["8080"],
            ["app-ssl"] = [""],
            ["app-max-concurrency"] = ["5"],
            ["dapr-http-port"] = ["3501"],
            ["max-body-size"] = ["16k"],
            ["resources-path"] = ["a", "b"],
            ["config"] = ["c"],
            ["enable-app-health-check"] = ["true"],
            ["app-health-probe-interval"] = ["2"],
            ["log-level"] = ["warn"],
            ["dapr-listen-addresses"] = ["127.0.0.1,::1"],
            ["dapr-block-shutdown-duration"] = ["1m"],
            ["dapr-internal-grpc-port"] = ["1"],
        });

        options.Should().BeEquivalentTo(new
        {
            AppId = "shop",
            AppPort = 8080,
            AppProtocol = "https",
            AppMaxConcurrency = 5,
            HttpPort = 3501,
            GrpcPort = 50001,
            MaxBodySize = 16_000,
            ReadBufferSize = 4096,
            AppHealth = new AppHealthOptions("/healthz", TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(500), 3),
            Log = new { Level = Microsoft.Extensions.Logging.LogLevel.Warning, AsJson = false },
            BlockShutdown = TimeSpan.FromMinutes(1),
            ApiToken = "key",
        });
        options.ResourcesPaths.Should().Equal("a", "b");
        options.ConfigFiles.Should().Equal("c");
        options.ListenAddresses.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("enable-profiling", "false")]
    [InlineData("allowed-origins", "")]
    [InlineData("app-port", "")]
    [InlineData("app-port", "0")]
    public void What_a_flag_switches_off_may_be_missing(string flag, string value) => Read(new() { ["app-id"] = ["shop"], [flag] = [value] }).AppPort.Should().BeNull();

    [Theory]
    [InlineData("4Mi", 4 << 20)]
    [InlineData("4M", 4_000_000)]
    [InlineData("1.5Ki", 1536)]
    [InlineData("1e3", 1000)]
    [InlineData("12", 12)]
    public void Sizes_are_read_as_in_Kubernetes(string text, long bytes)
    {
        ByteQuantity.TryParse(text, out var read).Should().BeTrue();
        read.Should().Be(bytes);
    }

    [Theory]
    [InlineData("huge")]
    [InlineData("4 Mi")]
    [InlineData("-1")]
    [InlineData("")]
    public void What_is_no_size_is_refused(string text) => ByteQuantity.TryParse(text, out _).Should().BeFalse();

    private static SidecarOptions Read(Dictionary<string, string[]> flags) =>
        DaprdFlags.Read(new FlagValues(flag => flags.GetValueOrDefault(flag, [])), name => name == "DAPR_API_TOKEN" ? "key" : null);
}
