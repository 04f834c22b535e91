using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Resort.Sidecar.Metrics;
using Resort.Sidecar.Resiliency;

namespace Resort.Tests.Sidecar.Resiliency;

public sealed class CircuitBreakerTests
{
    private readonly VirtualClock clock = new();

    [Fact]
    public void Opens_when_trip_holds_after_a_failure_and_then_refuses()
    {
        var breaker = Breaker(new("b") { Trip = new("consecutiveFailures > 2") });

        Fail(breaker, 3);

        breaker.Invoking(b => b.Enter()).Should().Throw<ResiliencyException>().WithMessage("circuit breaker is open");
    }

    [Fact]
    public void Without_fields_it_opens_with_the_sixth_failure_in_a_row_for_a_minute()
    {
        var breaker = Breaker(new("b"));

        Fail(breaker, 5);
        Succeed(breaker);
        Fail(breaker, 6);

        breaker.Invoking(b => b.Enter()).Should().Throw<ResiliencyException>();
        clock.Advance(TimeSpan.FromSeconds(60.1));
        breaker.Invoking(b => b.Enter()).Should().NotThrow();
    }

    [Theory]
    [InlineData("requests >= 5 && totalFailures * 2 >= requests", 4, 3, false)]
    [InlineData("requests >= 5 && totalFailures * 2 >= requests", 6, 3, true)]
    [InlineData("totalFailures / requests > 0.5", 4, 3, false)] // 3 / 4 is 0 among whole numbers
    [InlineData("totalFailures / requests > 0.5", 4, 4, true)]
    [InlineData("requests / consecutiveSuccesses > 1", 4, 4, false)] // no value, no trip
    [InlineData("requests", 4, 4, false)]
    public void Trip_is_an_expression_over_whole_counts(string trip, int requests, int failures, bool holds) =>
        new TripRule(trip).Holds(new BreakerCounts(requests, requests - failures, failures, 0, failures)).Should().Be(holds);

    [Fact]
    public void Half_open_lets_a_few_pass_and_closes_when_as_many_succeed()
    {
        var breaker = HalfOpen(maxRequests: 2);

        var (first, second) = (breaker.Enter(), breaker.Enter());
        breaker.Invoking(b => b.Enter()).Should().Throw<ResiliencyException>().WithMessage("too many requests");
        breaker.Leave(first, succeeded: true);
        breaker.Leave(second, succeeded: true);

        Fail(breaker, 2);
        breaker.Invoking(b => b.Enter()).Should().NotThrow("it is closed and has begun to count anew");
    }

    [Fact]
    public void A_failure_while_half_open_opens_it_for_the_whole_timeout()
    {
        var breaker = HalfOpen(maxRequests: 3);

        Fail(breaker, 1);

        clock.Advance(TimeSpan.FromSeconds(9));
        breaker.Invoking(b => b.Enter()).Should().Throw<ResiliencyException>().WithMessage("circuit breaker is open");
    }

    [Fact]
    public void What_ends_after_a_change_of_state_is_not_counted()
    {
        var breaker = Breaker(new("b") { Trip = new("consecutiveFailures > 1"), Timeout = TimeSpan.FromSeconds(10) });
        var late = breaker.Enter();
        Fail(breaker, 2);
        clock.Advance(TimeSpan.FromSeconds(11));

        var probe = breaker.Enter();
        breaker.Leave(late, succeeded: false);
        breaker.Leave(probe, succeeded: true);

        breaker.Invoking(b => b.Enter()).Should().NotThrow();
    }

    [Fact]
    public void Interval_clears_the_counts_while_closed()
    {
        var breaker = Breaker(new("b") { Trip = new("consecutiveFailures > 2"), Interval = TimeSpan.FromSeconds(1) });

        Fail(breaker, 2);
        clock.Advance(TimeSpan.FromSeconds(1.1));
        Fail(breaker, 2);

        breaker.Invoking(b => b.Enter()).Should().NotThrow();
    }

    [Fact]
    public void Changes_of_state_are_logged_in_daprs_words()
    {
        var log = new Lines();
        var breaker = new CircuitBreaker("app:method", new("b") { Trip = new("consecutiveFailures > 0"), Timeout = TimeSpan.FromSeconds(1) }, PolicyMetrics.None, clock, log);

        Fail(breaker, 1);
        clock.Advance(TimeSpan.FromSeconds(1.1));
        Succeed(breaker);

        log.Should().Equal(
            "Circuit breaker \"app:method\" changed state from closed to open", "Circuit breaker \"app:method\" changed state from open to half-open",
            "Circuit breaker \"app:method\" changed state from half-open to closed");
    }

    private CircuitBreaker Breaker(BreakerSettings settings) => new("test", settings, PolicyMetrics.None, clock, NullLogger.Instance);

    private CircuitBreaker HalfOpen(int maxRequests)
    {
        var breaker = Breaker(new("b") { Trip = new("consecutiveFailures > 2"), Timeout = TimeSpan.FromSeconds(10), MaxRequests = maxRequests });
        Fail(breaker, 3);
        clock.Advance(TimeSpan.FromSeconds(11));
        return breaker;
    }

    private static void Fail(CircuitBreaker breaker, int times)
    {
        for (var i = 0; i < times; i++) breaker.Leave(breaker.Enter(), succeeded: false);
    }

    private static void Succeed(CircuitBreaker breaker) => breaker.Leave(breaker.Enter(), succeeded: true);

    private sealed class Lines : List<string>, ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Add(formatter(state, exception));
    }
}
