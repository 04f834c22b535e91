using System.Globalization;

namespace Resort.Sidecar.Grpc;

/// <summary>The time that a caller gives its call, in the header <c>grpc-timeout</c>: up to eight digits and a unit.</summary>
internal static class GrpcDeadline
{
    private static readonly TimeSpan longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1); // what a timer can wait: 49 days

    /// <returns>Null when there is no limit.</returns>
    /// <exception cref="GrpcException">The header is malformed.</exception>
    public static TimeSpan? Of(HttpRequest request)
    {
        if (request.Headers["grpc-timeout"].ToString() is not { Length: > 0 } text) return null;
        if (text.Length is < 2 or > 9 || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || Ticks(text[^1]) is not { } unit)
            throw new GrpcException(GrpcStatus.Internal, $"malformed grpc-timeout: {text}");
        var ticks = unit == 0 ? amount / 100 : amount * unit;
        return ticks >= longest.Ticks ? longest : TimeSpan.FromTicks(ticks);
    }

    /// <returns>Ticks of 100 ns; 0 for nanoseconds.</returns>
    private static long? Ticks(char unit) => unit switch
    {
        'H' => TimeSpan.TicksPerHour,
        'M' => TimeSpan.TicksPerMinute,
        'S' => TimeSpan.TicksPerSecond,
        'm' => TimeSpan.TicksPerMillisecond,
        'u' => TimeSpan.TicksPerMicrosecond,
        'n' => 0,
        _ => null,
    };
}
