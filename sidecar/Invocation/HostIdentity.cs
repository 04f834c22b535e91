using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Resort.Sidecar.Invocation;

/// <summary>This machine as forwarding headers name it: the address (or <c>DAPR_HOST_IP</c>) by which others reach it, and its name.</summary>
internal static class HostIdentity
{
    public static string Address { get; } = Environment.GetEnvironmentVariable("DAPR_HOST_IP") is { Length: > 0 } given ? given : FindAddress();
    public static string Name { get; } = Dns.GetHostName();

    /// <summary>The value of <c>Forwarded</c> (RFC 7239), in which an IPv6 address is bracketed and quoted.</summary>
    public static string Forwarded { get; } = $"for={Quoted};by={Quoted};host={Name}";

    private static string Quoted => Address.Contains(':', StringComparison.Ordinal) ? $"\"[{Address}]\"" : Address;

    private static string FindAddress()
    {
        var addresses = NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        return (addresses.FirstOrDefault() ?? IPAddress.Loopback).ToString();
    }
}
