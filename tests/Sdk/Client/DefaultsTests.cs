using Dapr;
using Dapr.Client;
using Microsoft.Extensions.Configuration;

namespace Resort.Tests.Sdk.Client;

/// <summary>How a client finds its sidecar.</summary>
public class DefaultsTests
{
    [Theory]
    [InlineData(null, null, "http://localhost:3500/")]
    [InlineData(null, "3501", "http://localhost:3501/")]
    [InlineData("https://dapr.example", "3501", "https://dapr.example:443/")]
    [InlineData("http://10.0.0.7:3502/some/path", null, "http://10.0.0.7:3502/")]
    [InlineData(" ", " ", "http://localhost:3500/")]
    public void The_HTTP_endpoint_beats_the_port(string? endpoint, string? port, string expected) =>
        DaprDefaults.GetDefaultHttpEndpoint(Configuration(("DAPR_HTTP_ENDPOINT", endpoint ?? ""), ("DAPR_HTTP_PORT", port ?? ""))).Should().Be(expected);

    [Fact]
    public void The_gRPC_endpoint_has_its_own_settings()
    {
        DaprDefaults.GetDefaultGrpcEndpoint(Configuration(("DAPR_GRPC_ENDPOINT", ""), ("DAPR_GRPC_PORT", ""))).Should().Be("http://localhost:50001/");
        DaprDefaults.GetDefaultGrpcEndpoint(Configuration(("DAPR_GRPC_ENDPOINT", ""), ("DAPR_GRPC_PORT", "50007"))).Should().Be("http://localhost:50007/");
    }

    [Fact]
    public void A_port_that_is_no_number_is_told() =>
        ((Action)(() => DaprDefaults.GetDefaultHttpEndpoint(Configuration(("DAPR_HTTP_PORT", "x"))))).Should().Throw<FormatException>();

    [Fact]
    public void Tokens_are_empty_when_there_are_none()
    {
        var configuration = Configuration(("DAPR_API_TOKEN", "api"), ("APP_API_TOKEN", ""));
        DaprDefaults.GetDefaultDaprApiToken(configuration).Should().Be("api");
        DaprDefaults.GetDefaultAppApiToken(configuration).Should().BeEmpty();
    }

    [Fact]
    public void A_builder_takes_http_and_https_only()
    {
        ((Action)(() => new DaprClientBuilder().UseHttpEndpoint("ftp://x").Build())).Should().Throw<InvalidOperationException>().WithMessage("*HTTP*ftp://x*");
        ((Action)(() => new DaprClientBuilder().UseGrpcEndpoint("ftp://x").Build())).Should().Throw<InvalidOperationException>().WithMessage("*gRPC*ftp://x*");
        ((Action)(() => new DaprClientBuilder().UseHttpEndpoint("nonsense").Build())).Should().Throw<UriFormatException>();
        ((Action)(() => new DaprClientBuilder().UseHttpEndpoint(""))).Should().Throw<ArgumentException>();
        ((Action)(() => new DaprClientBuilder().UseGrpcEndpoint(null!))).Should().Throw<ArgumentNullException>();
    }

    private static IConfiguration Configuration(params (string Name, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(value => value.Name, value => (string?)value.Value)).Build();
}
