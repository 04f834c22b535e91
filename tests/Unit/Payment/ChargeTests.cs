using Resort.Contracts;
using Resort.Payment.Domain;
using Resort.Payment.Provider;

namespace Resort.Tests.Unit.Payment;

public class ChargeTests
{
    private static readonly DateTimeOffset now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);
    private static readonly Charge requested = Charge.Requested(Orders.Id(1), "test");
    private static readonly Charge awaiting = (requested with { DepositDeadline = now.AddMinutes(30) }).To(PaymentStatus.AwaitingDeposit, now);

    [Fact]
    public void Reversing_what_is_paid_refunds_it() => requested.To(PaymentStatus.Paid, now).Reverse(now).Status.Should().Be(PaymentStatus.Refunded);

    [Fact]
    public void Reversing_what_never_came_leaves_a_tombstone() => requested.Reverse(now).Status.Should().Be(PaymentStatus.Voided);

    [Theory]
    [InlineData(PaymentStatus.Declined)]
    [InlineData(PaymentStatus.Voided)]
    public void Reversing_what_took_nothing_changes_nothing(PaymentStatus status)
    {
        var charge = requested.To(status, now);

        charge.Reverse(now).Should().BeSameAs(charge);
    }

    [Fact]
    public void Reversing_twice_refunds_once() => requested.To(PaymentStatus.Paid, now).Reverse(now).Reverse(now).Moves.Should().HaveCount(2);

    [Theory]
    [InlineData(-1, PaymentStatus.Paid)]
    [InlineData(0, PaymentStatus.Voided)]
    [InlineData(1, PaymentStatus.Voided)]
    public void A_deposit_counts_before_its_deadline(int minutes, PaymentStatus status) =>
        awaiting.Receive(awaiting.DepositDeadline!.Value.AddMinutes(minutes)).Status.Should().Be(status);

    [Fact]
    public void Whichever_of_deposit_and_closing_comes_first_stays()
    {
        awaiting.Receive(now).Close(now).Status.Should().Be(PaymentStatus.Paid);
        awaiting.Close(now).Receive(now).Status.Should().Be(PaymentStatus.Voided);
        awaiting.Receive(now).Receive(now).Moves.Should().HaveCount(2);
    }

    [Fact]
    public void A_deposit_that_nobody_asked_for_is_a_fault() =>
        requested.Invoking(charge => charge.Receive(now)).Should().Throw<InvalidOperationException>();

    [Fact]
    public void Reversing_an_awaited_deposit_voids_it_and_one_that_came_is_refunded()
    {
        awaiting.Reverse(now).Status.Should().Be(PaymentStatus.Voided);
        awaiting.Receive(now).Reverse(now).Status.Should().Be(PaymentStatus.Refunded);
    }

    [Theory]
    [InlineData(null, CaptureOutcome.Captured)]
    [InlineData("tok_ok", CaptureOutcome.Captured)]
    [InlineData("tok_slow", CaptureOutcome.Captured)]
    [InlineData("tok_declined", CaptureOutcome.Declined)]
    [InlineData("tok_unheard_of", CaptureOutcome.Declined)]
    public async Task The_simulated_provider_does_what_the_token_says(string? token, CaptureOutcome outcome) =>
        (await Provider().CaptureAsync("key", 1, token, CancellationToken.None)).Outcome.Should().Be(outcome);

    [Fact]
    public async Task A_broken_provider_is_a_fault_and_no_outcome()
    {
        var capture = () => Provider().CaptureAsync("key", 1, "tok_unavailable", CancellationToken.None);

        await capture.Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task A_capture_after_the_reversal_is_blocked()
    {
        var provider = Provider();
        await provider.ReverseAsync("key", CancellationToken.None);

        (await provider.CaptureAsync("key", 1, "tok_ok", CancellationToken.None)).Outcome.Should().Be(CaptureOutcome.Blocked);
    }

    private static SimulatedProvider Provider() => new(new() { SlowAnswer = TimeSpan.FromMilliseconds(5) }, new ManualClock());
}
