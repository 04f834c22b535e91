using System.Threading.Channels;

namespace Resort.Sidecar.PubSub;

/// <summary>A message that a server has handed out, and the id by which the server knows it.</summary>
internal sealed record HandedOut(string Id, Message Message);

/// <summary>
/// Hands what a server has handed out to a consumer: single messages as far as there are slots, batches one at a time, each as soon as it is full or
/// its first message has waited long enough. <paramref name="settle"/> learns of each message, by its id, whether it was handled.
/// </summary>
internal sealed class Dispatcher(Consumer consumer, int depth, Slots slots, Action<string, bool> settle, TimeProvider clock)
{
    private readonly Channel<HandedOut> waiting = Channel.CreateBounded<HandedOut>(depth);
    private readonly List<HandedOut> gathered = [];

    /// <summary>Takes a message; waits while as many as <c>depth</c> have not begun.</summary>
    public ValueTask AddAsync(HandedOut message, CancellationToken cancel) => waiting.Writer.WriteAsync(message, cancel);

    /// <summary>Begins batches until cancelled, which leaves alone what has begun.</summary>
    /// <exception cref="OperationCanceledException"></exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (await waiting.Reader.WaitToReadAsync(cancel))
        {
            await slots.BeginAsync(cancel);
            try { await GatherAsync(cancel); }
            catch
            {
                slots.End(beside: false);
                throw;
            }
            _ = new DispatchedBatch([.. gathered], settle, slots).RunAsync(consumer);
            gathered.Clear();
        }
    }

    /// <summary>What has not begun, once no more is.</summary>
    public IEnumerable<HandedOut> TakeRest()
    {
        foreach (var message in gathered) yield return message;
        while (waiting.Reader.TryRead(out var message)) yield return message;
    }

    /// <summary>Gathers a full batch, or what comes in time.</summary>
    private async Task GatherAsync(CancellationToken cancel)
    {
        if (TryFill()) return;
        using var patience = new CancellationTokenSource(consumer.MaxWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            while (!TryFill()) await waiting.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested) { /* it has waited long enough */ }
    }

    private bool TryFill()
    {
        while (gathered.Count < consumer.MaxMessages && waiting.Reader.TryRead(out var message)) gathered.Add(message);
        return gathered.Count == consumer.MaxMessages;
    }

    private sealed class DispatchedBatch(List<HandedOut> batch, Action<string, bool> settle, Slots slots) : Batch(batch.ConvertAll(one => one.Message))
    {
        protected override void Conclude(int index, bool handled) => settle(batch[index].Id, handled);

        protected override bool TryRepeatBeside() => slots.TryRepeatBeside();

        protected override void End(bool beside) => slots.End(beside);
    }
}
