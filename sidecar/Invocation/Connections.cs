using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Text;

namespace Resort.Sidecar.Invocation;

/// <summary>Connections that add nothing of their own to a request and take nothing from an answer. Header bytes pass as Latin-1, which keeps each of them.</summary>
internal static class Connections
{
    /// <summary>Connections to an app; like daprd, they do not check the certificate of an app on https.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "the app is this machine's, and its certificate is usually its own")]
    public static SocketsHttpHandler ToApp() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        ConnectCallback = OneShotStream.ConnectAsync,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4), // Node closes after 5: no request runs into a connection that is being closed
        MaxConnectionsPerServer = 1024,
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
    };

    /// <summary>Connections to servers that are no apps.</summary>
    public static SocketsHttpHandler Outside(bool followRedirects)
    {
        var connections = ToApp();
        connections.AllowAutoRedirect = followRedirects;
        connections.SslOptions = new SslClientAuthenticationOptions();
        return connections;
    }
}
