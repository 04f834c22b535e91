using Microsoft.Extensions.Logging.Abstractions;
using Resort.Sidecar.Components;
using Resort.Sidecar.Metrics;
using Resort.Sidecar.Resiliency;

namespace Resort.Tests.Sidecar.Resiliency;

/// <summary>Which policies apply to which target, and what is refused in a Resiliency resource.</summary>
public sealed class PolicySetTests
{
    private const string Defaults = """
        policies:
          retries:
            DefaultRetryPolicy: { duration: 1s }
            DefaultAppRetryPolicy: { duration: 2s }
            DefaultComponentRetryPolicy: { duration: 3s }
            DefaultComponentOutboundRetryPolicy: { duration: 4s }
            DefaultStatestoreComponentOutboundRetryPolicy: { duration: 5s }
            named: { duration: 9s }
          timeouts: { t: 1s }
        targets:
          apps: { payment: { retry: named }, points: { timeout: t } }
          components: { store: { outbound: { retry: named } } }
        """;

    [Theory]
    [InlineData("Statestore", "Outbound", 5)]
    [InlineData("Pubsub", "Outbound", 4)]
    [InlineData("Pubsub", "Inbound", 3)]
    public void A_component_that_is_no_target_has_the_default_of_the_most_particular_name(string kind, string direction, int pause) =>
        Settings(Defaults).Default($"{kind}Component{direction}", $"Component{direction}", "Component", "").Retry!.Duration.Should().Be(TimeSpan.FromSeconds(pause));

    [Fact]
    public void A_target_has_exactly_what_is_said_of_it_and_others_have_the_defaults()
    {
        var policies = Policies(Defaults);

        policies.App("payment")!.For("payment:x").Repeats.Should().BeTrue();
        policies.App("points")!.For("points:x").Repeats.Should().BeFalse();
        policies.App("view")!.For("view:x").Repeats.Should().BeTrue();
        policies.Component("store", ComponentKind.Statestore, Direction.Outbound).Repeats.Should().BeTrue();
        policies.Component("store", ComponentKind.Statestore, Direction.Inbound).Should().BeSameAs(Policy.None);
    }

    [Fact]
    public void Without_resources_nothing_has_a_policy()
    {
        var policies = Policies("");

        policies.App("payment").Should().BeNull();
        policies.Component("store", ComponentKind.Statestore, Direction.Outbound).Should().BeSameAs(Policy.None);
    }

    [Fact]
    public void Methods_have_breakers_of_their_own_of_which_the_last_ones_are_kept()
    {
        var policies = Policies("""
            policies: { circuitBreakers: { b: {} } }
            targets: { apps: { payment: { circuitBreaker: b, circuitBreakerCacheSize: 2 } } }
            """).App("payment")!;

        var (a, b) = (policies.For("payment:a"), policies.For("payment:b"));
        policies.For("payment:a").Should().BeSameAs(a).And.NotBeSameAs(b);
        policies.For("payment:c");

        policies.For("payment:a").Should().BeSameAs(a);
        policies.For("payment:b").Should().NotBeSameAs(b);
    }

    [Fact]
    public void Resources_count_together_and_the_later_one_of_a_name_counts()
    {
        var settings = Settings(
            "policies: { retries: { r: { maxRetries: 1 }, q: { maxRetries: 2 } } }\ntargets: { apps: { payment: { retry: r } } }",
            "policies: { retries: { r: { maxRetries: 3 } } }\ntargets: { apps: { payment: { retry: q }, points: { retry: r } } }");

        (settings.Apps["payment"].Definition.Retry!.MaxRetries, settings.Apps["points"].Definition.Retry!.MaxRetries).Should().Be((2, 3));
    }

    [Fact]
    public void Fields_have_daprs_defaults_and_numbers_are_milliseconds()
    {
        var settings = Settings("policies: { timeouts: { a: 500, b: \"250\", c: 1m30s }, retries: { r: {}, x: { policy: Exponential } }, circuitBreakers: { b: {} } }");

        settings.Timeouts.Should().Equal(new Dictionary<string, TimeSpan> { ["a"] = TimeSpan.FromSeconds(0.5), ["b"] = TimeSpan.FromSeconds(0.25), ["c"] = TimeSpan.FromSeconds(90) });
        settings.Retries["r"].Should().BeEquivalentTo(new { Exponential = false, Duration = TimeSpan.FromSeconds(5), MaxInterval = TimeSpan.FromSeconds(60), MaxRetries = -1 });
        settings.Retries["x"].Exponential.Should().BeTrue();
        settings.Breakers["b"].Should().BeEquivalentTo(new { MaxRequests = 1, Interval = TimeSpan.Zero, Timeout = TimeSpan.FromSeconds(60) });
    }

    [Fact]
    public void Built_in_retries_may_be_redefined_but_never_to_fewer_than_three()
    {
        var settings = Settings("policies: { retries: { DaprBuiltInServiceRetries: { maxRetries: 1 }, DaprBuiltInActorRetries: { maxRetries: 5 } } }");

        (settings.Retries["DaprBuiltInServiceRetries"].MaxRetries, settings.Retries["DaprBuiltInActorRetries"].MaxRetries).Should().Be((3, 5));
    }

    [Theory]
    [InlineData("policies: { timeouts: { t: soon } }", "`spec.policies.timeouts.t` must be a duration such as 500ms, 2s or 1m30s, or a number of milliseconds, not 'soon'")]
    [InlineData("policies: { retries: { r: { policy: linear } } }", "`spec.policies.retries.r.policy` must be constant or exponential, not 'linear'")]
    [InlineData("policies: { retries: { r: { maxRetries: many } } }", "`spec.policies.retries.r.maxRetries` must be a whole number, not 'many'")]
    [InlineData("policies: { retries: { r: { matching: { httpStatusCodes: \"500-\" } } } }", "`spec.policies.retries.r.matching.httpStatusCodes` must be codes between 100 and 599*not '500-'")]
    [InlineData("policies: { retries: { r: { matching: { gRPCStatusCodes: \"17\" } } } }", "must be codes between 0 and 16*not '17'")]
    [InlineData("policies: { circuitBreakers: { b: { trip: \"consecutiveFailures >\" } } }", "`trip` must be a condition such as `consecutiveFailures > 5`: *")]
    [InlineData("policies: { circuitBreakers: { b: { trip: \"failures > 5\" } } }", "`trip` must be a condition such as `consecutiveFailures > 5`: *failures*")]
    [InlineData("policies: { retries: { r: { pause: 1s } } }", "`spec.policies.retries.r.pause` is not a known field*")]
    [InlineData("targets: { apps: { payment: { retry: none } } }", "`spec.targets.apps.payment.retry` must be *polic*not 'none'")]
    [InlineData("targets: { components: { store: { outbound: { circuitBreaker: none } } } }", "`spec.targets.components.store.outbound.circuitBreaker` must be *polic*not 'none'")]
    [InlineData("targets: { components: { store: { retry: none } } }", "`spec.targets.components.store.retry` is not a known field*")]
    [InlineData("policies: { circuitBreakers: { b: {} } }\ntargets: { actors: { a: { circuitBreaker: b } } }", "`spec.targets.actors.a.circuitBreakerScope` must be type, id or both")]
    public void What_cannot_be_read_is_refused_with_file_and_line(string spec, string why)
    {
        var read = () => Settings(spec);

        read.Should().Throw<ResourceException>().WithMessage($"resiliency.yaml:*{why}");
    }

    private static PolicySet Policies(string spec) => new(Settings(spec), TimeProvider.System, NullLogger.Instance, (_, _) => PolicyMetrics.None);

    private static ResiliencySettings Settings(params string[] specs) => ResiliencyReader.Read([.. specs.Select(Resource)]);

    private static Resource Resource(string spec)
    {
        var indented = string.Join('\n', spec.Split('\n').Select(line => "  " + line));
        var document = YamlFile.Parse($"apiVersion: dapr.io/v1alpha1\nkind: Resiliency\nmetadata:\n  name: resiliency\nspec:\n{(spec.Length == 0 ? "  targets:" : indented)}", "resiliency.yaml").Single();
        (document.Text("apiVersion"), document.Text("kind")).Should().Be(("dapr.io/v1alpha1", "Resiliency"));
        return ResourceReader.Resource(document);
    }
}
