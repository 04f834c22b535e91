using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting.Flags;
using Resort.Sidecar.Hosting.Run;

namespace Resort.Tests.Sidecar.Hosting;

public sealed class RunTemplateTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("template-");

    public RunTemplateTests()
    {
        foreach (var sub in new[] { "shop/own", "bank/.dapr/resources", "shared", "other" }) folder.CreateSubdirectory(sub);
        File.WriteAllText(PathOf("config.yaml"), "");
        File.WriteAllText(PathOf("bank/.dapr/config.yaml"), "");
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Apps_take_what_they_do_not_say_from_common()
    {
        var template = Read(
            """
            version: 1
            name: resort
            common:
              resourcesPaths: [shared]
              configFilePath: config.yaml
              appMaxConcurrency: 5
              enableAppHealthCheck: true
              env: { A: common, B: common, N: 1.50, E: }
            apps:
            - appDirPath: shop
              appPort: 8081
              daprHTTPPort: 3501
              command: [sh, -c, exit]
              env: { B: app, NAMESPACE: test }
              appHealthProbeInterval: 2
            - appDirPath: bank
              appID: the-bank
              appMaxConcurrency: 7
              enableAppHealthCheck: false
            """);

        template.Name.Should().Be("resort");
        var (shop, bank) = (template.Apps[0], template.Apps[1]);
        shop.Sidecar.Should().BeEquivalentTo(new
        {
            AppId = "shop",
            AppPort = 8081,
            HttpPort = 3501,
            AppMaxConcurrency = 5,
            ResourcesPaths = new[] { PathOf("shared") },
            ConfigFiles = new[] { PathOf("config.yaml") },
            Namespace = "test",
        });
        shop.Sidecar.AppHealth!.Interval.Should().Be(TimeSpan.FromSeconds(2));
        shop.Environment.Should().Contain(new Dictionary<string, string>
        {
            ["APP_ID"] = "shop",
            ["APP_PORT"] = "8081",
            ["APP_CHANNEL_ADDRESS"] = "",
            ["APP_PROTOCOL"] = "http",
            ["DAPR_HTTP_PORT"] = "3501",
            ["DAPR_GRPC_PORT"] = $"{shop.Sidecar.GrpcPort}",
            ["A"] = "common",
            ["B"] = "app",
            ["N"] = "1.50",
            ["E"] = "",
        });
        bank.Sidecar.Should().BeEquivalentTo(new
        {
            AppId = "the-bank",
            AppPort = (int?)null,
            AppMaxConcurrency = 7,
            AppHealth = (object?)null,
            ResourcesPaths = new[] { PathOf("bank/.dapr/resources") },
            ConfigFiles = new[] { PathOf("bank/.dapr/config.yaml") },
        });
        bank.Environment.Should().NotContainKey("APP_PORT");
        (bank.AppLog, bank.SidecarLog).Should().Be((LogDestination.FileAndConsole, LogDestination.File));
    }

    [Fact]
    public void Given_resource_paths_replace_the_common_ones_only()
    {
        var template = Read(
            """
            version: 1
            common: { resourcesPaths: [shared] }
            apps:
            - { appDirPath: shop, resourcesPaths: [own] }
            - { appDirPath: other }
            """, PathOf("config.yaml"), PathOf("shop"));

        template.Apps[0].Sidecar.ResourcesPaths.Should().Equal(PathOf("shop/own"));
        template.Apps[1].Sidecar.ResourcesPaths.Should().Equal(PathOf("config.yaml"), PathOf("shop"));
    }

    [Theory]
    [InlineData(1, "`version` is missing", "apps: [{ appDirPath: shop }]")]
    [InlineData(1, "there are no apps to run", "version: 1")]
    [InlineData(2, "`apps[0].appDirPath` is missing", "version: 1\napps: [{ appID: shop }]")]
    [InlineData(2, "`appDirPath`: FOLDER/nowhere does not exist", "version: 1\napps: [{ appDirPath: nowhere }]")]
    [InlineData(3, "`apps[0].port` is not a known field", "version: 1\napps: [{ appDirPath: shop,\n  port: 1 }]")]
    [InlineData(2, "`common.colour` is not a known field", "version: 1\ncommon: { colour: blue }\napps: [{ appDirPath: shop }]")]
    [InlineData(3, "`colour` is not a known field", "version: 1\napps: [{ appDirPath: shop }]\ncolour: blue")]
    [InlineData(3, "`appPort` must be a port (1 to 65535), not 'many'", "version: 1\napps: [{ appDirPath: shop,\n  appPort: many }]")]
    [InlineData(2, "`appMaxConcurrency` must be a whole number of at least -1, not 'few'", "version: 1\ncommon: { appMaxConcurrency: few }\napps: [{ appDirPath: shop }]")]
    [InlineData(3, "`apps[0].command` must be a list of texts, not 'text'", "version: 1\napps: [{ appDirPath: shop,\n  command: text }]")]
    [InlineData(3, "`apps[0].env.A` must be a text", "version: 1\napps: [{ appDirPath: shop,\n  env: { A: [1] } }]")]
    [InlineData(3, "`apps[0].appLogDestination` must be console, file or fileAndConsole, not 'printer'", "version: 1\napps: [{ appDirPath: shop,\n  appLogDestination: printer }]")]
    [InlineData(3, "`unixDomainSocket` the embedded sidecar has no Unix domain sockets", "version: 1\napps: [{ appDirPath: shop,\n  unixDomainSocket: /tmp }]")]
    [InlineData(3, "the command of app `shop`: no-such-program is not found on the PATH", "version: 1\napps: [{ appDirPath: shop,\n  command: [no-such-program] }]")]
    [InlineData(3, "the command of app `shop`: ./run is not an executable file, seen from FOLDER/shop", "version: 1\napps: [{ appDirPath: shop,\n  command: [./run] }]")]
    [InlineData(3, "the command of app `shop` is empty", "version: 1\napps: [{ appDirPath: shop,\n  command: [\"\"] }]")]
    public void What_is_wrong_is_refused_with_its_line(int line, string message, string yaml)
    {
        var read = () => Read(yaml);

        read.Should().Throw<ResourceException>().Which.Message.Should().StartWith($"{PathOf("dapr.yaml")}:{line}: {message.Replace("FOLDER", folder.FullName, StringComparison.Ordinal)}");
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("the-shop", "appID: the-shop")]
    public void An_app_that_is_left_out_may_be_impossible(string id, string more = "")
    {
        File.WriteAllText(PathOf("dapr.yaml"), $"version: 1\napps: [{{ appDirPath: shop, command: [no-such-program], {more} }}, {{ appDirPath: bank }}]");

        var template = RunTemplateReader.Read(folder.FullName, [], [id]);

        template.Apps.Select(app => app.Id).Should().Equal("bank");
        template.LeftOut.Should().Equal(id);
    }

    [Fact]
    public void An_app_that_is_not_there_cannot_be_left_out()
    {
        File.WriteAllText(PathOf("dapr.yaml"), "version: 1\napps: [{ appDirPath: shop }]");

        var read = () => RunTemplateReader.Read(folder.FullName, [], ["bank"]);

        read.Should().Throw<FlagException>().WithMessage($"bank: {PathOf("dapr.yaml")} has no such app");
    }

    [Fact]
    public async Task A_port_is_given_away_once()
    {
        var template = Read(
            """
            version: 1
            apps:
            - { appDirPath: shop, daprHTTPPort: 23501 }
            - { appDirPath: bank, daprGRPCPort: 23501 }
            """);

        (await template.Invoking(t => TemplatePorts.CheckAsync(t)).Should().ThrowAsync<ResourceException>()).WithMessage($"{PathOf("dapr.yaml")}:4: the Dapr gRPC port of app `bank`, 23501, is also the Dapr HTTP port of app `shop`");
    }

    private RunTemplate Read(string yaml, params string[] resourcesPaths)
    {
        File.WriteAllText(PathOf("dapr.yaml"), yaml);
        return RunTemplateReader.Read(folder.FullName, resourcesPaths, []);
    }

    private string PathOf(string relative) => Path.Combine(folder.FullName, relative);
}
