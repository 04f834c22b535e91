using System.Net;
using System.Text;

namespace Resort.Tests.Sidecar.Invocation;

/// <summary>A request body that the test sends piece by piece.</summary>
internal sealed class PushContent : HttpContent
{
    private readonly TaskCompletionSource<Stream> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task WriteAsync(string piece)
    {
        var stream = await opened.Task.WaitAsync(Probe.Patience);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(piece));
        await stream.FlushAsync();
    }

    public void End() => ended.SetResult();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        opened.SetResult(stream);
        return ended.Task;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
