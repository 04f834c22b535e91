using System.Diagnostics;
using System.Net.Http.Headers;
using Resort.Sidecar.Hosting;

namespace Resort.Sidecar.Invocation;

/// <summary>Where an invocation goes. Each kind adds its own headers and words its failures in its own way.</summary>
internal abstract class Destination
{
    /// <summary>Sends the request; the answer's body is still to come.</summary>
    /// <exception cref="InvocationException">It could not be sent.</exception>
    public abstract Task<HttpResponseMessage> SendAsync(OutgoingRequest request, CancellationToken cancel);

    /// <summary>What tells the breakers of this destination apart, behind the target's name.</summary>
    public virtual string BreakerKey(InvocationAddress address) => $"{address.Target}:{address.Method}";
}

/// <summary>The app of the caller's own sidecar: no network between sidecars, so nothing is said about the caller.</summary>
internal sealed class OwnApp(DaprRuntime caller) : Destination
{
    public override async Task<HttpResponseMessage> SendAsync(OutgoingRequest request, CancellationToken cancel)
    {
        if (caller.App is not { } app) throw new InvocationException("cannot invoke local endpoint: app channel not initialized");
        using var message = app.Request(request.Verb, request.PathAndQuery);
        request.CopyTo(message);
        try { return await app.SendAsync(message, cancel); }
        catch (AppUnhealthyException e) { throw new InvocationException($"rpc error: code = Internal desc = {e.Message}"); }
        catch (HttpRequestException e) { throw InvocationException.Of(e, message); }
    }
}

/// <summary>An app with a sidecar of this process. Its replicas take turns; one that refuses the connection or is ill is passed over.</summary>
internal sealed class OtherApp(DaprRuntime caller, string appId) : Destination
{
    private const string ChannelError = "rpc error: code = Internal desc = error invoking app channel: ";
    private readonly CallerIdentity identity = new(caller.Configuration.AccessControl.TrustDomain, caller.Options.Namespace ?? "default", caller.Options.AppId);
    private int turn;

    public override async Task<HttpResponseMessage> SendAsync(OutgoingRequest request, CancellationToken cancel)
    {
        var replicas = caller.Process.Find(appId);
        if (replicas.Count == 0) throw Unknown(appId);
        var first = (uint)Interlocked.Increment(ref turn); // for all attempts: others take turns meanwhile
        for (var attempt = 0u; ; attempt++)
            try { return await SendAsync(replicas[(int)((first + attempt) % (uint)replicas.Count)], request, cancel); }
            catch (InvocationException e) when (e.IsUnsent && attempt + 1 < replicas.Count) { }
    }

    public static InvocationException Unknown(string appId) => new($"couldn't find service: {appId}");

    private async Task<HttpResponseMessage> SendAsync(DaprRuntime callee, OutgoingRequest request, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        var (sent, received) = (caller.Metrics.Invocation, callee.Metrics.Invocation);
        sent.Sent(appId);
        var decision = callee.Configuration.AccessControl.Decide(identity, request.Operation, request.Verb.Method);
        received.Decided(identity, decision);
        if (!decision.Allows) throw InvocationException.Denied(identity, request.Operation, request.Verb.Method);
        if (callee.App is not { } app) throw new InvocationException("rpc error: code = Internal desc = app channel is not initialized") { IsUnsent = true };
        using var message = app.Request(request.Verb, request.PathAndQuery);
        request.CopyTo(message);
        Introduce(message.Headers, request.Attempts);
        using var span = request.BeginCall(callee.Tracing, appId, message);
        received.Received(identity.AppId);
        try
        {
            var answer = await app.SendAsync(message, cancel);
            received.Answered(identity.AppId, (int)answer.StatusCode);
            sent.Answer(appId, (int)answer.StatusCode, Stopwatch.GetElapsedTime(began));
            return answer;
        }
        catch (AppUnhealthyException e) { throw new InvocationException($"{ChannelError}rpc error: code = Internal desc = {e.Message}") { IsUnsent = true }; }
        catch (HttpRequestException e) { throw InvocationException.Of(e, message, ChannelError); }
    }

    /// <summary>
    /// Who calls whom. As in daprd, what the caller itself wrote into these headers stays beside it (they are no proof), and each attempt adds
    /// itself to the forwarding headers again.
    /// </summary>
    private void Introduce(HttpRequestHeaders headers, int attempts)
    {
        headers.TryAddWithoutValidation("dapr-caller-app-id", caller.Options.AppId);
        headers.TryAddWithoutValidation("dapr-caller-namespace", identity.Namespace);
        headers.TryAddWithoutValidation("dapr-callee-app-id", appId);
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            headers.TryAddWithoutValidation("X-Forwarded-For", HostIdentity.Address);
            headers.TryAddWithoutValidation("X-Forwarded-Host", HostIdentity.Name);
            headers.TryAddWithoutValidation("Forwarded", HostIdentity.Forwarded);
        }
    }
}
