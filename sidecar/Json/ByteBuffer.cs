namespace Resort.Sidecar.Json;

/// <summary>Bytes that grow at the end and may be reordered in place.</summary>
internal sealed class ByteBuffer
{
    private byte[] bytes = new byte[512];

    public int Length { get; private set; }

    /// <summary>The bytes from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public Span<byte> Slice(int start, int end) => bytes.AsSpan(start, end - start);

    public void Append(byte value)
    {
        if (Length == bytes.Length) Grow(1);
        bytes[Length++] = value;
    }

    public void Append(ReadOnlySpan<byte> values)
    {
        if (Length + values.Length > bytes.Length) Grow(values.Length);
        values.CopyTo(bytes.AsSpan(Length));
        Length += values.Length;
    }

    /// <summary>Forgets what follows <paramref name="length"/>.</summary>
    public void Truncate(int length) => Length = length;

    public byte[] ToArray() => bytes.AsSpan(0, Length).ToArray();

    private void Grow(int needed) => Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + needed));
}
