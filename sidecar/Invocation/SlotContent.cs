using System.Net;

namespace Resort.Sidecar.Invocation;

/// <summary>An answer's body that gives its caller's place back once it is disposed of, so that a running answer counts as a running call.</summary>
internal sealed class SlotContent : HttpContent
{
    private readonly HttpContent content;
    private SemaphoreSlim? slots;

    public SlotContent(HttpContent content, SemaphoreSlim slots)
    {
        this.content = content;
        this.slots = slots;
        foreach (var header in content.Headers.NonValidated) Headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => content.ReadAsStreamAsync();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => content.CopyToAsync(stream, context);

    protected override bool TryComputeLength(out long length)
    {
        length = content.Headers.ContentLength ?? 0;
        return content.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            Interlocked.Exchange(ref slots, null)?.Release();
        }
        base.Dispose(disposing);
    }
}
