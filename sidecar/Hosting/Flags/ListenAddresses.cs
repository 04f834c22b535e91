using System.Net;

namespace Resort.Sidecar.Hosting.Flags;

/// <summary>The addresses of <c>--dapr-listen-addresses</c>.</summary>
internal static class ListenAddresses
{
    private const string Flag = "dapr-listen-addresses";

    /// <summary>None stands for all of the machine.</summary>
    public static IReadOnlyList<IPAddress> Read(FlagValues flags) =>
        [.. flags.Texts(Flag).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(Parse).Distinct()];

    private static IPAddress Parse(string text) =>
        text == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(text.Trim('[', ']'), out var address) ? address
        : throw new FlagException(Flag, $"'{text}' is no IP address");
}
