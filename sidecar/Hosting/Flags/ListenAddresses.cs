using System.Net;

namespace Resort.Sidecar.Hosting.Flags;

/// <summary>The addresses of <c>--dapr-listen-addresses</c>.</summary>
internal static class ListenAddresses
{
    private const string Flag = "dapr-listen-addresses";

    /// <summary>None stands for all of the machine.</summary>
    public static IReadOnlyList<IPAddress> Read(FlagValues flags) =>
        [.. flags.Texts(Flag).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(text => Parse(Flag, text)).Distinct()];

    /// <exception cref="FlagException">It is no address.</exception>
    public static IPAddress Parse(string flag, string text) =>
        text == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(text.Trim('[', ']'), out var address) ? address
        : throw new FlagException(flag, $"'{text}' is no IP address");
}
