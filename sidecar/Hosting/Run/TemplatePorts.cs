using System.Net;
using System.Net.Sockets;
using Resort.Sidecar.Components;

namespace Resort.Sidecar.Hosting.Run;

/// <summary>No port of a template is used twice, and none is taken by another process.</summary>
internal static class TemplatePorts
{
    /// <summary>A run that was killed leaves its apps a second to end.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(3);

    /// <exception cref="ResourceException">A port is taken, with the app that wants it.</exception>
    public static async Task CheckAsync(RunTemplate template)
    {
        await foreach (var problem in ProblemsAsync(template)) throw problem;
    }

    /// <summary>What is wrong with the ports, with the app that wants each.</summary>
    public static async IAsyncEnumerable<ResourceException> ProblemsAsync(RunTemplate template)
    {
        var owners = new Dictionary<int, string>();
        foreach (var app in template.Apps)
            foreach (var (port, what) in Ports(app))
            {
                if (!owners.TryAdd(port, $"the {what} of app `{app.Id}`")) yield return new ResourceException(app.Location, $"the {what} of app `{app.Id}`, {port}, is also {owners[port]}");
                else if (!await BecomesFreeAsync(port)) yield return new ResourceException(app.Location, $"port {port}, {owners[port]}, is taken by another process");
            }
    }

    /// <summary>An app that is not started from here may be running already.</summary>
    private static IEnumerable<(int Port, string What)> Ports(AppTemplate app)
    {
        yield return (app.Sidecar.HttpPort, "Dapr HTTP port");
        yield return (app.Sidecar.GrpcPort, "Dapr gRPC port");
        if (app.Sidecar.MetricsPort is { } metrics) yield return (metrics, "metrics port");
        if (app is { Command.Count: > 0, Sidecar.AppPort: { } port }) yield return (port, "app port");
    }

    private static async Task<bool> BecomesFreeAsync(int port)
    {
        using var limit = new CancellationTokenSource(patience);
        while (!IsFree(port))
        {
            if (limit.IsCancellationRequested) return false;
            await Task.Delay(50, CancellationToken.None);
        }
        return true;
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Any, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
