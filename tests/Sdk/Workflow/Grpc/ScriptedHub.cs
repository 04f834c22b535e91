extern alias workflow;
using System.Buffers.Binary;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using workflow::Dapr.Workflow.Grpc;

namespace Resort.Tests.Sdk.Workflow.Grpc;

/// <summary>A gRPC port that answers as it is told, byte by byte: for what a healthy sidecar does not do.</summary>
internal sealed class ScriptedHub : IAsyncDisposable
{
    private readonly WebApplication app;

    private ScriptedHub(RequestDelegate answer, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        app = builder.Build();
        app.Run(answer);
    }

    public Uri Address { get; private set; } = null!;

    public static async Task<ScriptedHub> StartAsync(RequestDelegate answer, int port = 0)
    {
        var hub = new ScriptedHub(answer, port);
        await hub.app.StartAsync();
        hub.Address = new Uri(hub.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return hub;
    }

    public TaskHubClient Client(string token = "") => new(new GrpcConnection(Address.ToString(), token));

    /// <summary>A message as it goes over the wire.</summary>
    public static byte[] Frame(IMessage message)
    {
        var body = message.ToByteArray();
        var frame = new byte[5 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), body.Length);
        body.CopyTo(frame, 5);
        return frame;
    }

    /// <summary>One message and OK.</summary>
    public static async Task AnswerAsync(HttpContext context, IMessage message)
    {
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(Frame(message), context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    /// <summary>An error without any message: it is all in the headers.</summary>
    public static void Refuse(HttpContext context, int status, string message)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = $"{status}";
        context.Response.Headers["grpc-message"] = message;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
