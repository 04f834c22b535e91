namespace Dapr.Workflow;

/// <summary>Where an instance stands.</summary>
public enum WorkflowRuntimeStatus
{
    /// <summary>There is no such instance.</summary>
    Unknown = -1,

    /// <summary>It has begun and has not ended.</summary>
    Running = 0,

    /// <summary>Its code has returned.</summary>
    Completed = 1,

    /// <summary>It is starting anew; never seen from outside.</summary>
    ContinuedAsNew = 2,

    /// <summary>Its code has thrown.</summary>
    Failed = 3,

    /// <summary>It was cancelled; Dapr 1.18 does not use this.</summary>
    Canceled = 4,

    /// <summary>It was ended from outside.</summary>
    Terminated = 5,

    /// <summary>It is created and has not run yet.</summary>
    Pending = 6,

    /// <summary>It is held until it is resumed.</summary>
    Suspended = 7,

    /// <summary>It cannot go on with the workers at hand: a patch or version is missing, or a payload is too large.</summary>
    Stalled = 8,
}
