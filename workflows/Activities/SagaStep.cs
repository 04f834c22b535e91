using System.Diagnostics;
using Dapr.Workflow;

namespace Resort.Workflows.Activities;

/// <summary>What a step is done for.</summary>
public interface IRequested
{
    /// <summary>The W3C trace of the request; null for one without.</summary>
    string? TraceParent { get; }
}

/// <summary>
/// A step of a saga, in the trace of the request that began it. Dapr brings a trace to activities only where traces are recorded, so
/// the input brings it as it brings the correlation id.
/// </summary>
public abstract class SagaStep<TInput, TOutput> : WorkflowActivity<TInput, TOutput> where TInput : IRequested
{
    public sealed override async Task<TOutput> RunAsync(WorkflowActivityContext context, TInput input)
    {
        using var trace = Activity.Current is null && input.TraceParent is { } traceParent ? Continue(traceParent) : null;
        return await RunAsync(input);
    }

    private Activity Continue(string traceParent) =>
        SagaTrace.Source.StartActivity(GetType().Name, ActivityKind.Internal, traceParent) ?? new Activity(GetType().Name).SetParentId(traceParent).Start(); // also when nobody records it

    protected abstract Task<TOutput> RunAsync(TInput input);
}

internal static class SagaTrace
{
    public static readonly ActivitySource Source = new("Resort.Workflows");
}
