using System.Diagnostics;

namespace Resort.Defaults;

/// <summary>Goes on with the W3C trace of an event. A batch is one request but has many traces, so the trace of the request is none of theirs.</summary>
public static class EventTrace
{
    private static readonly ActivitySource source = new("Resort.Events");

    /// <summary>Until it is disposed, what is logged, called and published belongs to the trace. Null for an event that brings none.</summary>
    public static Activity? Continue(string? traceParent, string name) =>
        string.IsNullOrEmpty(traceParent) ? null
        : source.StartActivity(name, ActivityKind.Consumer, traceParent) ?? new Activity(name).SetParentId(traceParent).Start(); // also when nobody records it
}
