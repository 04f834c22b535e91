using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Dapr.Workflow.Grpc;

/// <summary>A request body of one uncompressed message: a flag byte, the length in four bytes, the message.</summary>
internal sealed class GrpcMessageContent : HttpContent
{
    private static readonly MediaTypeHeaderValue Type = new("application/grpc");

    private readonly IMessage message;
    private readonly int size;

    public GrpcMessageContent(IMessage message)
    {
        this.message = message;
        size = message.CalculateSize();
        Headers.ContentType = Type;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = GrpcMessageReader.PrefixSize + size;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var length = GrpcMessageReader.PrefixSize + size;
        var frame = ArrayPool<byte>.Shared.Rent(length);
        frame[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), size);
        message.WriteTo(frame.AsSpan(GrpcMessageReader.PrefixSize, size));
        await stream.WriteAsync(frame.AsMemory(0, length), cancellationToken);
        // Not in a finally block: after a cancelled write the connection may still hold the frame.
        ArrayPool<byte>.Shared.Return(frame);
    }
}
