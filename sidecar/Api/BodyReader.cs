namespace Resort.Sidecar.Api;

/// <summary>Reads a request's body into memory, up to a limit in bytes.</summary>
internal static class BodyReader
{
    /// <exception cref="BodyTooLargeException">The body is larger than <paramref name="limit"/>.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, long limit, CancellationToken cancel)
    {
        if (request.ContentLength > limit) throw new BodyTooLargeException();
        if (request.ContentLength is { } length)
        {
            if (length == 0) return ReadOnlyMemory<byte>.Empty;
            var exact = new byte[length];
            await request.Body.ReadExactlyAsync(exact, cancel);
            return exact;
        }
        using var whole = new MemoryStream();
        var buffer = new byte[8192];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancel)) > 0;)
        {
            if (whole.Length + read > limit) throw new BodyTooLargeException();
            whole.Write(buffer, 0, read);
        }
        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }
}

/// <summary>A body is larger than <c>--max-body-size</c>.</summary>
internal sealed class BodyTooLargeException : Exception;
