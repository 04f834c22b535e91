using Microsoft.AspNetCore.Server.Kestrel.Core;
using Resort.Sidecar.Components;

namespace Resort.Tests.Sidecar.Tracing;

/// <summary><c>spec.tracing</c> of a Configuration. What answers, apps and events carry, and what Zipkin gets, is in the recorded scenarios.</summary>
public sealed class TracingTests : IDisposable
{
    private const string Given = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("http", HttpProtocols.Http1, "/v1/traces", "application/x-protobuf")]
    [InlineData("grpc", HttpProtocols.Http2, "/opentelemetry.proto.collector.trace.v1.TraceService/Export", "application/grpc")]
    public async Task Spans_are_sent_to_an_OTLP_collector(string protocol, HttpProtocols server, string path, string type)
    {
        await using var collector = await Collector.StartAsync(server);
        await using var sidecar = await StartAsync($$"""{ samplingRate: "1", otel: { endpointAddress: "{{collector.Address}}", isSecure: false, protocol: {{protocol}} } }""");

        await sidecar.Http.GetAsync("/v1.0/metadata");
        await sidecar.StopAsync(); // which sends what is left

        var sent = await Probe.UntilAsync("spans at the collector", () => Task.FromResult(collector.Sent.FirstOrDefault()), sent => sent.Path is not null);
        (sent.Path, sent.Type).Should().Be((path, type));
        sent.Body.Should().Contain("/v1.0/metadata").And.Contain("shop");
    }

    [Fact]
    public async Task A_trace_that_is_not_sampled_has_spans_all_the_same_and_a_caller_decides_for_his_own()
    {
        await using var sidecar = await StartAsync("""{ samplingRate: "0.0000001" }""");

        (await TraceParentAsync(sidecar, null)).Should().MatchRegex("^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-00$");
        (await TraceParentAsync(sidecar, Given)).Should().MatchRegex($"^{Given[..36]}(?!00f067aa0ba902b7)[0-9a-f]{{16}}-01$");
    }

    [Theory]
    [InlineData("""{ samplingRate: "often" }""", "`spec.tracing.samplingRate` must be a number from 0 to 1, not 'often'")]
    [InlineData("""{ samplingRate: "1", stdout: true }""", "the embedded sidecar has no spans on the standard output*")]
    [InlineData("""{ zipkin: { endpointAddress: here } }""", "`spec.tracing.zipkin.endpointAddress` must be an address, not 'here'")]
    [InlineData("""{ otel: { endpointAddress: "localhost:4317" } }""", "`spec.tracing.otel.protocol` must be grpc or http*")]
    [InlineData("""{ otel: { endpointAddress: "localhost:4317", protocol: grpc, headers: a } }""", "*`spec.tracing.otel.headers`*")]
    public async Task What_cannot_be_meant_ends_the_start_with_file_and_line(string section, string why)
    {
        var start = () => StartAsync(section);

        (await start.Should().ThrowAsync<ResourceException>()).WithMessage($"{file}:*: {why}");
    }

    private static async Task<string> TraceParentAsync(RunningSidecar sidecar, string? given)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1.0/metadata");
        if (given is not null) request.Headers.Add("traceparent", given);
        using var answer = await sidecar.Http.SendAsync(request);
        return answer.Headers.GetValues("traceparent").Single();
    }

    private async Task<RunningSidecar> StartAsync(string section)
    {
        await File.WriteAllTextAsync(file, $"apiVersion: dapr.io/v1alpha1\nkind: Configuration\nmetadata: {{name: c}}\nspec:\n  tracing: {section}\n");
        return await SidecarFixture.OneAsync(options: given => given with { ConfigFiles = [file] });
    }
}
