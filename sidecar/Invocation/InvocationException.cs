using System.Net.Sockets;
using Resort.Sidecar.Resiliency;

namespace Resort.Sidecar.Invocation;

/// <summary>An app could not be called. The message is the cause as daprd words it, without the app's name in front.</summary>
internal sealed class InvocationException(string cause, bool permanent = false) : Exception(cause), IClassifiedFailure
{
    public Failure Failure { get; } = new(Permanent: permanent);

    /// <summary>The request has not left, so that it may go to another replica.</summary>
    public bool IsUnsent { get; init; }

    /// <summary>What the caller's answer has for it.</summary>
    public int Status { get; private init; } = StatusCodes.Status500InternalServerError;

    /// <summary>The callee's access control refuses the caller.</summary>
    public static InvocationException Denied(CallerIdentity caller, string operation, string verb) =>
        new($"rpc error: code = PermissionDenied desc = access control policy has denied access to id: {caller} operation: {operation} verb: {verb}") { Status = StatusCodes.Status403Forbidden };

    /// <summary>Words a failure of the connection as daprd does: <c>Get "http://127.0.0.1:8081/x": … connection refused</c>.</summary>
    public static InvocationException Of(HttpRequestException error, HttpRequestMessage request, string prefix = "")
    {
        var verb = request.Method.Method;
        var refused = error.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused };
        var cause = error switch
        {
            _ when refused => $"dial tcp {request.RequestUri!.Authority}: connect: connection refused",
            { HttpRequestError: HttpRequestError.ResponseEnded } or { InnerException: IOException } => "EOF",
            _ => error.Message,
        };
        return new InvocationException($"{prefix}{verb[0]}{verb[1..].ToLowerInvariant()} \"{request.RequestUri!.OriginalString}\": {cause}") { IsUnsent = refused };
    }
}
