using System.Diagnostics;

namespace Resort.Sidecar.Tracing;

/// <summary>
/// The trace context of a request: what events and bindings are given (empty if nothing), what an app that is called gets in the place of the
/// caller's header (null: that stays as it is), and the request's span, if spans are made.
/// </summary>
internal sealed record RequestTrace(string Parent, string State, string? ForApps, Activity? Span)
{
    /// <summary>Nothing is said of a trace.</summary>
    public static RequestTrace Silent { get; } = new("", "", null, null);

    /// <summary>The request calls a method of an app, which names its span.</summary>
    public void Invokes(string appId, string method)
    {
        if (Span is null) return;
        Span.DisplayName = SpanTags.InvocationName(appId, method);
        Span.SetTag("rpc.service", SpanTags.InvocationService);
        Span.SetTag("net.peer.name", appId);
    }

    /// <summary>The answer is known: ends the span.</summary>
    public void End(int status)
    {
        if (Span is null) return;
        SpanTags.SetStatus(Span, status);
        Span.Stop();
    }
}
