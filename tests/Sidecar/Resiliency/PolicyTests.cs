using Microsoft.Extensions.Logging.Abstractions;
using Resort.Sidecar.Metrics;
using Resort.Sidecar.Resiliency;

namespace Resort.Tests.Sidecar.Resiliency;

/// <summary>Timeouts, breakers and retries around an operation, in virtual time. A result is an HTTP status; from 400 it is a failure.</summary>
public sealed class PolicyTests
{
    private readonly VirtualClock clock = new();
    private readonly List<double> attempts = [];

    [Fact]
    public async Task Without_a_policy_the_operation_just_runs()
    {
        var task = Task.FromResult(500);

        (await Policy.None.RunAsync(_ => task, Judge, CancellationToken.None)).Should().Be(500);
        Policy.None.RunAsync(_ => task, Judge, CancellationToken.None).Should().BeSameAs(task);
    }

    [Fact]
    public async Task Constant_retries_pause_alike_and_the_last_result_is_the_callers()
    {
        var status = await RunAsync(new RetryPolicy { Duration = TimeSpan.FromSeconds(2), MaxRetries = 3 }, [500, 502, 503, 504, 200]);

        status.Should().Be(504);
        attempts.Should().Equal(0, 2, 4, 6);
    }

    [Fact]
    public async Task The_first_success_ends_the_retries()
    {
        var status = await RunAsync(new RetryPolicy(), [500, 404, 302]);

        status.Should().Be(302);
        attempts.Should().Equal(0, 5, 10);
    }

    [Fact]
    public async Task Exponential_pauses_begin_near_half_a_second_grow_by_half_and_are_capped()
    {
        await RunAsync(new RetryPolicy { Exponential = true, MaxInterval = TimeSpan.FromSeconds(1), MaxRetries = 6 }, Enumerable.Repeat(500, 7));

        var pauses = attempts.Zip(attempts.Skip(1), (a, b) => b - a).ToList();
        double[] middle = [0.5, 0.75, 1, 1, 1, 1];
        pauses.Zip(middle).Should().OnlyContain(pause => pause.First >= pause.Second * 0.5 && pause.First <= pause.Second * 1.51);
    }

    [Fact]
    public async Task Exponential_retries_without_end_end_after_a_quarter_of_an_hour()
    {
        await RunAsync(new RetryPolicy { Exponential = true }, Enumerable.Repeat(500, 1000));

        attempts[^1].Should().BeInRange(13 * 60, 15 * 60);
    }

    [Fact]
    public async Task Only_matching_codes_are_retried()
    {
        var retry = new RetryPolicy { MaxRetries = 5, HttpCodes = CodeRanges.Parse("429,500-599", 100, 599)! };

        (await RunAsync(retry, [500, 429, 404, 200])).Should().Be(404);
        (await RunAsync(retry, [999, 200])).Should().Be(999);
    }

    [Fact]
    public async Task A_failure_without_a_code_is_retried_in_spite_of_matching()
    {
        var policy = Under(new RetryPolicy { HttpCodes = CodeRanges.Parse("500", 100, 599)! });
        var failures = 2;

        var run = policy.RunAsync(_ => failures-- > 0 ? throw new HttpRequestException("refused") : Task.FromResult(200), Judge, CancellationToken.None);

        (await clock.PassUntilDoneAsync(run)).Should().Be(200);
    }

    [Fact]
    public async Task A_permanent_failure_is_not_retried()
    {
        var policy = Under(new RetryPolicy());

        var run = () => policy.RunAsync<int>(_ => throw new Conflict(), CancellationToken.None);

        await run.Should().ThrowAsync<Conflict>();
    }

    [Fact]
    public async Task The_timeout_is_that_of_an_attempt_and_cancels_it()
    {
        var policy = Under(new RetryPolicy { Duration = TimeSpan.FromSeconds(1), MaxRetries = 2 }, timeout: TimeSpan.FromSeconds(3));

        var run = clock.PassUntilDoneAsync(policy.RunAsync(async cancel =>
        {
            attempts.Add(Seconds);
            await Task.Delay(Timeout.Infinite, cancel);
            return 200;
        }, CancellationToken.None));

        await run.Invoking(it => it).Should().ThrowAsync<ResiliencyException>().WithMessage("context deadline exceeded");
        attempts.Should().Equal(0, 4, 8);
    }

    [Fact]
    public async Task A_breaker_counts_each_attempt_and_ends_the_retries_when_it_opens()
    {
        var breaker = new CircuitBreaker("b", new("b") { Trip = new("consecutiveFailures > 1") }, PolicyMetrics.None, clock, NullLogger.Instance);
        var policy = Under(new RetryPolicy { MaxRetries = 9 }, breaker: breaker);

        var run = RunAsync(policy, Enumerable.Repeat(404, 10));

        await run.Invoking(it => it).Should().ThrowAsync<ResiliencyException>().WithMessage("circuit breaker is open");
        attempts.Should().HaveCount(2);
    }

    [Fact]
    public async Task Who_has_gone_is_not_served_again()
    {
        using var caller = new CancellationTokenSource();

        var run = Under(new RetryPolicy()).RunAsync<int>(async cancel =>
        {
            attempts.Add(Seconds);
            await caller.CancelAsync();
            throw new OperationCanceledException(cancel);
        }, caller.Token);

        await run.Invoking(it => it).Should().ThrowAsync<OperationCanceledException>();
        attempts.Should().HaveCount(1);
    }

    private double Seconds => Math.Round((clock.GetUtcNow() - new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero)).TotalSeconds, 3);

    private static Failure? Judge(int status) => status < 400 ? null : new Failure(status);

    private Policy Under(RetryPolicy retry, TimeSpan? timeout = null, CircuitBreaker? breaker = null) =>
        new("test", new PolicyDefinition(timeout, retry, null), breaker, PolicyMetrics.None, clock, NullLogger.Instance);

    private Task<int> RunAsync(RetryPolicy retry, IEnumerable<int> results) => RunAsync(Under(retry), results);

    private Task<int> RunAsync(Policy policy, IEnumerable<int> results)
    {
        var left = new Queue<int>(results);
        return clock.PassUntilDoneAsync(policy.RunAsync(_ =>
        {
            attempts.Add(Seconds);
            return Task.FromResult(left.Dequeue());
        }, Judge, CancellationToken.None));
    }

    private sealed class Conflict : Exception, IClassifiedFailure
    {
        public Failure Failure => new(Permanent: true);
    }
}
