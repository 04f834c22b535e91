using Dapr.Workflow.Grpc;

namespace Dapr.Workflow;

/// <summary>Waits again when the sidecar goes away or gives up, until it answers or the caller cancels.</summary>
internal static class WaitRetry
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);

    public static async Task<T> RunAsync<T>(Func<Task<T>> wait, TimeProvider time, CancellationToken cancellation)
    {
        for (var delay = TimeSpan.FromMilliseconds(50); ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            try
            {
                return await wait();
            }
            // A sidecar that stops cancels the calls it holds; the caller's own cancellation is no GrpcException.
            catch (GrpcException failure)
                when (failure.Status is GrpcStatusCode.DeadlineExceeded or GrpcStatusCode.Unavailable or GrpcStatusCode.Cancelled)
            {
                await Task.Delay(delay, time, cancellation);
            }
        }
    }
}
