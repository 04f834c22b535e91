using Resort.Sidecar.Resiliency;

namespace Resort.Sidecar.Invocation;

/// <summary>Sends one caller's request to its destination, under the target's policy, and passes the answer on.</summary>
internal sealed class Forwarder(HttpContext caller, OutgoingRequest request, Destination destination)
{
    /// <exception cref="InvocationException">The app could not be called.</exception>
    /// <exception cref="ResiliencyException">A policy refused the call or gave it up.</exception>
    public async Task RunAsync(Policy policy, CancellationToken cancel)
    {
        if (request.IsStream) policy = policy.WithoutRetries();
        if (policy.Repeats) await request.KeepBodyAsync(cancel);
        using var answer = await policy.RunAsync(AttemptAsync, Judge, cancel);
        if (!answer.HasBegun) await answer.SendAsync(cancel);
    }

    private static Failure? Judge(AppAnswer answer) => answer.IsSuccess ? null : new Failure(answer.Status);

    /// <summary>
    /// A success has been passed on when the attempt ends, so that timeout and breaker cover all of it; so has the answer to a stream, which
    /// cannot be retried. Any other failure has been read.
    /// </summary>
    private async Task<AppAnswer> AttemptAsync(CancellationToken cancel)
    {
        var answer = new AppAnswer(await destination.SendAsync(request, cancel), caller);
        try
        {
            await (answer.IsSuccess || request.IsStream ? answer.SendAsync(cancel) : answer.ReadAsync(cancel));
            return answer;
        }
        catch (Exception e)
        {
            answer.Dispose();
            if (!answer.HasBegun) throw e is IOException ? new InvocationException("the app broke off its answer") : e;
            caller.Abort(); // a torn answer must not look like a whole one
            throw new TornAnswerException(e);
        }
    }
}

/// <summary>An answer that had begun to reach the caller ended early.</summary>
internal sealed class TornAnswerException(Exception cause) : Exception("the answer broke off", cause), IClassifiedFailure
{
    public Failure Failure { get; } = new(Permanent: true);
}
