using System.Threading.Channels;

namespace Resort.Sidecar.Workflow.Workers;

/// <summary>A connected worker: one stream of work items, and how many of each kind it has.</summary>
internal sealed class Worker
{
    private readonly Channel<WorkItem> items = Channel.CreateUnbounded<WorkItem>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Items that go to the worker, in order.</summary>
    public ChannelReader<WorkItem> Items => items.Reader;

    /// <summary>Turns and activities that it has and did not answer yet.</summary>
    public int[] Outstanding { get; } = new int[2];

    public void Give(WorkItem item) => items.Writer.TryWrite(item);
}
