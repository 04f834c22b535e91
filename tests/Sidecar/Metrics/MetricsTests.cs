using Resort.Sidecar.Components;
using Resort.Sidecar.Hosting;

namespace Resort.Tests.Sidecar.Metrics;

/// <summary>The metrics port. Names, labels and counts of plain calls are in the recorded scenarios; here is what those do not reach.</summary>
public sealed class MetricsTests : IDisposable
{
    private const string PaymentBreaker = """
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: store }
        spec: { type: state.in-memory, version: v1, metadata: [] }
        ---
        apiVersion: dapr.io/v1alpha1
        kind: Resiliency
        metadata: { name: limits }
        spec:
          policies:
            timeouts: { soon: 100ms }
            retries: { twice: { policy: constant, duration: 1ms, maxRetries: 1 } }
            circuitBreakers: { careful: { maxRequests: 1, timeout: 60s, trip: consecutiveFailures > 1 } }
          targets:
            apps:
              payment: { timeout: soon, retry: twice, circuitBreaker: careful }
        """;

    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public async Task A_breaker_that_opens_shows_in_metrics_and_metadata()
    {
        await using var fixture = new SidecarFixture();
        await fixture.StartAsync("payment", app: app => app.On("/pay", 500));
        var shop = await fixture.StartAsync("shop", PaymentBreaker, options: Measured);
        (await BreakerAsync(shop)).Should().Be("closed");

        await shop.CallAsync(HttpMethod.Post, "/v1.0/invoke/payment/method/pay");

        (await BreakerAsync(shop)).Should().Be("open");
        var samples = await SamplesAsync(shop);
        const string target = """{app_id="shop",flow_direction="outbound",name="limits",namespace="",policy="circuitbreaker",status="{0}",target="app_payment"}""";
        samples.Should().Contain([
            """dapr_resiliency_loaded{app_id="shop",name="limits",namespace=""} 1""",
            $"dapr_resiliency_cb_state{target.Replace("{0}", "open", StringComparison.Ordinal)} 1",
            $"dapr_resiliency_cb_state{target.Replace("{0}", "closed", StringComparison.Ordinal)} 0",
            $"dapr_resiliency_activations_total{target.Replace("{0}", "open", StringComparison.Ordinal)} 1",
            """dapr_resiliency_activations_total{app_id="shop",flow_direction="outbound",name="limits",namespace="",policy="retry",status="",target="app_payment"} 1""",
            """dapr_resiliency_count{app_id="shop",flow_direction="outbound",name="limits",namespace="",policy="timeout",status="",target="app_payment"} 1""",
        ]);
    }

    [Fact]
    public async Task Both_sides_count_an_invocation_and_what_access_control_decided()
    {
        await File.WriteAllTextAsync(file, """
            apiVersion: dapr.io/v1alpha1
            kind: Configuration
            metadata: { name: c }
            spec:
              accessControl:
                defaultAction: deny
                policies:
                  - { appId: shop, trustDomain: public, namespace: default, operations: [ { name: /pay, httpVerb: [POST], action: allow } ] }
            """);
        await using var fixture = new SidecarFixture();
        var payment = await fixture.StartAsync("payment", app: app => app.On("/pay", 201), options: given => Measured(given) with { ConfigFiles = [file] });
        var shop = await fixture.StartAsync("shop", options: Measured);

        await shop.CallAsync(HttpMethod.Post, "/v1.0/invoke/payment/method/pay");
        await shop.CallAsync(HttpMethod.Get, "/v1.0/invoke/payment/method/books");

        (await SamplesAsync(shop)).Should().Contain([
            """dapr_runtime_service_invocation_req_sent_total{app_id="shop",dst_app_id="payment",type="streaming"} 2""",
            """dapr_runtime_service_invocation_res_recv_total{app_id="shop",src_app_id="payment",status="201",type="streaming"} 1""",
        ]);
        (await SamplesAsync(payment)).Should().Contain([
            """dapr_runtime_service_invocation_req_recv_total{app_id="payment",src_app_id="shop"} 1""",
            """dapr_runtime_service_invocation_res_sent_total{app_id="payment",dst_app_id="shop",status="201"} 1""",
            """dapr_runtime_acl_app_policy_action_allowed_total{app_id="shop",namespace="default",trustDomain="public"} 1""",
            """dapr_runtime_acl_global_policy_action_blocked_total{app_id="shop",namespace="default",trustDomain="public"} 1""",
        ]);
    }

    [Theory]
    [InlineData("metrics: { enabled: perhaps }", "`spec.metrics.enabled` must be true or false, not 'perhaps'")]
    [InlineData("metrics: { latencyDistributionBuckets: [5, 1] }", "*must be whole numbers of milliseconds*")]
    [InlineData("metric: { recordErrorCodes: true }", "*the embedded sidecar counts no error codes*")]
    [InlineData("metrics: { http: { pathMatching: [/a] } }", "`spec.metrics.http.pathMatching` is not a known field*")]
    public async Task Settings_that_cannot_be_meant_end_the_start_with_file_and_line(string section, string why)
    {
        var start = () => ConfiguredAsync(section);

        (await start.Should().ThrowAsync<ResourceException>()).WithMessage($"{file}:*: {why}");
    }

    [Fact]
    public async Task Own_bounds_are_those_of_the_latencies_and_methods_can_be_left_out()
    {
        await using var sidecar = await ConfiguredAsync("metrics: { latencyDistributionBuckets: [7, 70], http: { excludeVerbs: true } }");
        await sidecar.Http.GetAsync("/v1.0/metadata");

        var samples = await SamplesAsync(sidecar);

        samples.Where(sample => sample.StartsWith("""dapr_http_server_latency_bucket{app_id="shop",method="",path="/v1.0/metadata",""", StringComparison.Ordinal))
            .Select(sample => sample[sample.IndexOf("le=", StringComparison.Ordinal)..sample.IndexOf('}', StringComparison.Ordinal)]).Should().Equal("le=\"7\"", "le=\"70\"", "le=\"+Inf\"");
    }

    [Fact]
    public async Task Nothing_is_counted_when_metrics_are_off_and_the_port_answers_all_the_same()
    {
        await using var sidecar = await ConfiguredAsync("metrics: { enabled: false }");
        await sidecar.Http.GetAsync("/v1.0/metadata");

        (await SamplesAsync(sidecar)).Should().BeEmpty();
    }

    private static SidecarOptions Measured(SidecarOptions given) => given with { MetricsPort = FreePort.Next() };

    private static async Task<string?> BreakerAsync(RunningSidecar sidecar) =>
        (string?)(await sidecar.CallAsync(HttpMethod.Get, "/v1.0/metadata")).Body!["extended"]!["circuitBreaker.app.payment"];

    private static async Task<List<string>> SamplesAsync(RunningSidecar sidecar)
    {
        var text = await sidecar.Http.GetStringAsync(new Uri($"http://127.0.0.1:{sidecar.Options.MetricsPort}/metrics"));
        return [.. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }

    private async Task<RunningSidecar> ConfiguredAsync(string section)
    {
        await File.WriteAllTextAsync(file, $"apiVersion: dapr.io/v1alpha1\nkind: Configuration\nmetadata: {{name: c}}\nspec:\n  {section}\n");
        return await SidecarFixture.OneAsync(options: given => Measured(given) with { ConfigFiles = [file] });
    }
}
