using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;

namespace Dapr.Workflow.Grpc;

/// <summary>Reads the messages of a response body. One read may bring several messages or part of one; they are parsed where they lie.</summary>
internal sealed class GrpcMessageReader(Stream body) : IDisposable
{
    /// <summary>The bytes before each message: a flag and the length.</summary>
    public const int PrefixSize = 5;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int start;
    private int end;

    /// <summary>The next message; null at the end of the body.</summary>
    /// <exception cref="GrpcException">The body is not a sequence of uncompressed messages.</exception>
    public async ValueTask<T?> ReadAsync<T>(MessageParser<T> parser, CancellationToken cancellationToken) where T : class, IMessage<T>
    {
        if (!await FillAsync(PrefixSize, cancellationToken))
            return end == start ? null : throw Broken("ends inside the prefix of a message");
        if (buffer[start] != 0)
            throw Broken("contains a compressed message, and no compression was agreed");

        var size = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(start + 1));
        if (size < 0 || size > Array.MaxLength - PrefixSize)
            throw Broken($"contains a message of {(uint)size} bytes, which is more than fits into memory");
        if (!await FillAsync(PrefixSize + size, cancellationToken))
            throw Broken($"ends inside a message of {size} bytes");

        var message = parser.ParseFrom(buffer.AsSpan(start + PrefixSize, size));
        start += PrefixSize + size;
        return message;
    }

    /// <summary>Gives the buffer back; the body stays open.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellationToken)
    {
        MakeRoom(count);
        while (end - start < count)
        {
            var read = await body.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (read == 0)
                return false;
            end += read;
        }

        return true;
    }

    private void MakeRoom(int count)
    {
        if (start == end)
            start = end = 0;
        if (buffer.Length - start >= count)
            return;

        var larger = buffer.Length >= count ? buffer : ArrayPool<byte>.Shared.Rent(count);
        buffer.AsSpan(start, end - start).CopyTo(larger);
        if (larger != buffer)
            ArrayPool<byte>.Shared.Return(buffer);
        (buffer, start, end) = (larger, 0, end - start);
    }

    private static GrpcException Broken(string how) => new(GrpcStatusCode.Internal, $"The sidecar's answer {how}.");
}
