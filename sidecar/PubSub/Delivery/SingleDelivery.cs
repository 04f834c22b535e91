using System.Diagnostics;
using Resort.Sidecar.Invocation;
using Resort.Sidecar.Resiliency;

namespace Resort.Sidecar.PubSub.Delivery;

/// <summary>Delivers messages one by one.</summary>
internal sealed class SingleDelivery(AppChannel app, Receiver receiver, ILogger log) : IDelivery
{
    public async Task DeliverAsync(IBatch batch, CancellationToken stop)
    {
        for (var i = 0; i < batch.Messages.Count; i++)
        {
            var message = batch.Messages[i];
            if (receiver.Receive(i, message, out var outcome) is { } received) outcome = await CallAsync(batch, received, stop);
            batch.Settle(i, await receiver.ConcludeAsync(message, outcome));
        }
    }

    private async Task<Outcome> CallAsync(IBatch batch, ReceivedEvent received, CancellationToken stop)
    {
        try
        {
            var answer = await receiver.Component.Inbound.RunAsync(cancel => AttemptAsync(batch, received, cancel), answer => answer.Outcome == Outcome.Retry ? new Failure(answer.Code) : null, stop);
            if (answer.Outcome == Outcome.Drop) SubscriptionLog.Dropped(log, received.Head.Id, received.Message.Topic);
            if (answer.Outcome == Outcome.Retry) SubscriptionLog.NotHandled(log, received.Head.Id, received.Message.Topic, answer.Code is { } code ? $"the app answered {code}" : "the app asked to retry");
            return answer.Outcome;
        }
        catch (Exception e) when (e is HttpRequestException or AppUnhealthyException or ResiliencyException)
        {
            SubscriptionLog.NotHandled(log, received.Head.Id, received.Message.Topic, e.Message);
            return e is AppUnhealthyException ? Outcome.Later : Outcome.Retry;
        }
    }

    private async Task<AppAnswer> AttemptAsync(IBatch batch, ReceivedEvent received, CancellationToken cancel)
    {
        var (began, isAnswer) = (Stopwatch.GetTimestamp(), false);
        var answer = new AppAnswer(Outcome.Retry);
        using var trace = receiver.Begin(received);
        try
        {
            var (status, body) = await AppPost.SendAsync(app, received.Path, received.Body, MediaType.CloudEvent, receiver.Component.Name, trace.TraceParent, received.Message.Metadata, cancel);
            answer = AppAnswer.Single(status, AppAnswer.Word(body));
            isAnswer = status is >= 200 and < 300 && answer.Outcome != Outcome.Retry;
            return answer;
        }
        finally
        {
            receiver.Component.Metrics.Delivered(receiver.Component.Name, receiver.Component.TopicOf(received.Message), answer.Outcome, isAnswer, Stopwatch.GetElapsedTime(began));
            if (answer.Outcome == Outcome.Retry) batch.Answered();
        }
    }
}
