using System.Net;
using Resort.Sidecar.Api;

namespace Resort.Sidecar.Invocation;

/// <summary>A caller's body on its way to the app, piece by piece as it arrives, up to a limit in bytes.</summary>
internal sealed class CallerBody(HttpRequest request, long limit) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var reader = request.BodyReader;
        for (var sent = 0L; ;)
        {
            var read = await reader.ReadAsync(cancellationToken);
            sent += read.Buffer.Length;
            if (sent > limit) throw new BodyTooLargeException();
            foreach (var piece in read.Buffer) await stream.WriteAsync(piece, cancellationToken);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted || sent == request.ContentLength) return;
            await stream.FlushAsync(cancellationToken);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = request.ContentLength ?? 0;
        return request.ContentLength is not null;
    }
}
