using System.Net;
using Resort.Tests.Conformance.Recordings;

namespace Resort.Tests.Conformance.Wire;

/// <summary>A body without length, sent in parts with pauses.</summary>
internal sealed class PartsContent(IReadOnlyList<PartScript> parts) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        foreach (var part in parts)
        {
            await stream.WriteAsync(part.Bytes());
            await stream.FlushAsync();
            await Task.Delay(part.ThenMs);
            if (part.BreakOff) throw new BrokenOffException();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}

/// <summary>The caller breaks off in the middle of its body.</summary>
internal sealed class BrokenOffException : IOException;
