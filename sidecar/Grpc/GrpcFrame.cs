using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;

namespace Resort.Sidecar.Grpc;

/// <summary>The five bytes before every gRPC message: a flag for compression, which is not offered, and the length, big-endian.</summary>
internal static class GrpcFrame
{
    private const int HeaderSize = 5;

    /// <summary>Reads the one message of a request whole.</summary>
    /// <exception cref="GrpcException">It is larger than <paramref name="limit"/> (bytes), compressed, broken off, or no message of that type.</exception>
    public static async ValueTask<T> ReadAsync<T>(PipeReader body, MessageParser<T> parser, long limit, CancellationToken cancel) where T : IMessage<T>
    {
        while (true)
        {
            var read = await body.ReadAsync(cancel);
            var buffer = read.Buffer;
            if (TryReadLength(buffer, out var length))
            {
                if (length > limit) throw new GrpcException(GrpcStatus.ResourceExhausted, $"grpc: received message larger than max ({length} vs. {limit})");
                if (buffer.Length >= HeaderSize + length)
                {
                    var message = Parse(parser, buffer.Slice(HeaderSize, length));
                    body.AdvanceTo(buffer.GetPosition(HeaderSize + length));
                    return message;
                }
            }
            if (read.IsCompleted) throw new GrpcException(GrpcStatus.Internal, "the request ended before its message was complete");
            body.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Puts a message of a known size into the response; the caller flushes.</summary>
    public static void Write(PipeWriter body, int size, SpanAction<byte, object> write, object state)
    {
        var span = body.GetSpan(HeaderSize + size)[..(HeaderSize + size)];
        span[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(span[1..], size);
        write(span[HeaderSize..], state);
        body.Advance(span.Length);
    }

    private static bool TryReadLength(ReadOnlySequence<byte> buffer, out long length)
    {
        length = 0;
        if (buffer.Length < HeaderSize) return false;
        Span<byte> header = stackalloc byte[HeaderSize];
        buffer.Slice(0, HeaderSize).CopyTo(header);
        if (header[0] != 0) throw new GrpcException(GrpcStatus.Unimplemented, "compressed messages are not accepted");
        length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        return true;
    }

    private static T Parse<T>(MessageParser<T> parser, ReadOnlySequence<byte> bytes) where T : IMessage<T>
    {
        try { return parser.ParseFrom(bytes); }
        catch (InvalidProtocolBufferException e) { throw new GrpcException(GrpcStatus.Internal, $"grpc: error unmarshalling request: {e.Message}"); }
    }
}
