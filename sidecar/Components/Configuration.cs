using Resort.Sidecar.Api;
using Resort.Sidecar.Invocation;
using Resort.Sidecar.Metrics;
using Resort.Sidecar.Tracing;

namespace Resort.Sidecar.Components;

/// <summary>What a Configuration resource (<c>dapr.io/v1alpha1</c>) says, as far as the embedded sidecar honours it.</summary>
internal sealed record Configuration
{
    /// <summary>Secret scopes by the name of their store.</summary>
    public IReadOnlyDictionary<string, SecretScope> SecretScopes { get; init; } = new Dictionary<string, SecretScope>();
    public WorkflowSettings Workflow { get; init; } = new();

    /// <summary>Which APIs the app may call.</summary>
    public ApiAccess Api { get; init; } = ApiAccess.Everything;

    /// <summary>Which operations of the app others may call.</summary>
    public AccessControl AccessControl { get; init; } = AccessControl.Open;

    /// <summary>Which traces are recorded, and where spans are sent.</summary>
    public TracingSettings Tracing { get; init; } = new();

    /// <summary>Whether and how finely is counted.</summary>
    public MetricsSettings Metrics { get; init; } = new();

    /// <summary>Component types that are not loaded, with or without a version (<c>state.redis/v1</c>).</summary>
    public IReadOnlyList<string> DeniedComponents { get; init; } = [];

    /// <summary>Features switched on or off by name.</summary>
    public IReadOnlyDictionary<string, bool> Features { get; init; } = new Dictionary<string, bool>();
}

/// <summary>Which secrets of a store the app may read (<c>spec.secrets.scopes</c>).</summary>
internal sealed record SecretScope(bool AllowByDefault, IReadOnlyList<string> Allowed, IReadOnlyList<string> Denied);

/// <summary>Limits of running work, and how long finished workflows are kept; null means no limit, or for ever (<c>spec.workflow</c>).</summary>
internal sealed record WorkflowSettings
{
    public int? MaxConcurrentWorkflows { get; init; }
    public int? MaxConcurrentActivities { get; init; }
    public TimeSpan? KeepAnyTerminal { get; init; }
    public TimeSpan? KeepCompleted { get; init; }
    public TimeSpan? KeepFailed { get; init; }
    public TimeSpan? KeepTerminated { get; init; }
}
