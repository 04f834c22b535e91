using System.Diagnostics;
using Resort.Sidecar.Invocation;
using Resort.Sidecar.Resiliency;

namespace Resort.Sidecar.PubSub.Delivery;

/// <summary>
/// Delivers messages in batches, one call for neighbours with the same route, so that the order holds. Each entry is settled as soon as the app
/// has answered for it; only those that failed are sent again.
/// </summary>
internal sealed class BulkDelivery(AppChannel app, Receiver receiver, string topic, TimeProvider clock, ILogger log) : IDelivery
{
    public async Task DeliverAsync(IBatch batch, CancellationToken stop)
    {
        var calls = new List<List<ReceivedEvent>>();
        for (var i = 0; i < batch.Messages.Count; i++)
            if (receiver.Receive(i, batch.Messages[i], out var outcome) is not { } received) batch.Settle(i, await receiver.ConcludeAsync(batch.Messages[i], outcome));
            else if (calls.Count > 0 && calls[^1][0].Path == received.Path) calls[^1].Add(received);
            else calls.Add([received]);
        foreach (var call in calls) await CallAsync(batch, call, stop);
    }

    private async Task CallAsync(IBatch batch, List<ReceivedEvent> call, CancellationToken stop)
    {
        var left = call;
        var (outcome, reason) = (Outcome.Retry, "the app did not confirm it");
        try
        {
            await receiver.Component.Inbound.RunAsync(async cancel =>
            {
                left = await AttemptAsync(batch, left, cancel);
                return left.Count;
            }, count => count > 0 ? new Failure() : null, stop);
        }
        catch (Exception e) when (e is HttpRequestException or AppUnhealthyException or ResiliencyException)
        {
            (outcome, reason) = (e is AppUnhealthyException ? Outcome.Later : Outcome.Retry, e.Message);
        }
        foreach (var failed in left)
        {
            SubscriptionLog.NotHandled(log, failed.Head.Id, topic, reason);
            batch.Settle(failed.Index, await receiver.ConcludeAsync(failed.Message, outcome));
        }
    }

    /// <summary>Sends entries and settles those that the app has dealt with; the others are left.</summary>
    private async Task<List<ReceivedEvent>> AttemptAsync(IBatch batch, List<ReceivedEvent> entries, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        var metrics = receiver.Component.Metrics;
        using var trace = receiver.Begin(entries[0]);
        try
        {
            var request = new BulkRequest(receiver, topic, clock.GetUtcNow());
            var body = request.Write(entries);
            var (status, answer) = await AppPost.SendAsync(app, entries[0].Path, body, "application/json", receiver.Component.Name, trace.TraceParent, [], cancel);
            var words = AppAnswer.Words(answer);
            var left = new List<ReceivedEvent>();
            for (var i = 0; i < entries.Count; i++)
            {
                var outcome = AppAnswer.Bulk(status, words.GetValueOrDefault(request.EntryIds[i]));
                metrics.HandledInBulk(receiver.Component.Name, topic, outcome);
                if (outcome == Outcome.Retry) left.Add(entries[i]);
                else
                {
                    if (outcome == Outcome.Drop) SubscriptionLog.Dropped(log, entries[i].Head.Id, topic);
                    batch.Settle(entries[i].Index, await receiver.ConcludeAsync(entries[i].Message, outcome));
                }
            }
            return left;
        }
        finally
        {
            metrics.DeliveredInBulk(receiver.Component.Name, topic, Stopwatch.GetElapsedTime(began));
            batch.Answered();
        }
    }
}
