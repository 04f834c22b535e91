using System.Diagnostics;
using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Grpc;

/// <summary>Carries the W3C trace of whoever started a workflow to its activities.</summary>
internal static class TraceParent
{
    private static readonly ActivitySource Source = new("Dapr.Workflow");

    /// <summary>The current trace, to be sent along.</summary>
    public static TraceContext? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } current
        ? new TraceContext { TraceParent = id, TraceState = current.TraceStateString }
        : null;

    /// <summary>Goes on with a trace, also when nobody records it: the calls that an activity makes carry it further.</summary>
    public static Activity? Continue(TraceContext? parent, string name)
    {
        if (parent is null || parent.TraceParent.Length == 0)
            return null;

        var activity = Source.CreateActivity(name, ActivityKind.Internal, parent.TraceParent) ?? new Activity(name).SetParentId(parent.TraceParent);
        activity.TraceStateString = parent.TraceState;
        return activity.Start();
    }
}
