namespace Resort.Sidecar.Workflow;

/// <summary>Why the engine refuses a call.</summary>
internal enum WorkflowFault { NoSuchInstance, AlreadyExists, NotOver, Stalled, NoWorker, NoStateStore }

/// <summary>The engine refuses a call. The message is the bare reason; each API puts its own words before it.</summary>
internal sealed class WorkflowException(WorkflowFault fault, string message) : Exception(message)
{
    public WorkflowFault Fault { get; } = fault;

    /// <summary>The reason as it stands inside Dapr's own messages, where errors of inner calls keep their form.</summary>
    public string Cause => Fault switch
    {
        WorkflowFault.AlreadyExists => $"rpc error: code = AlreadyExists desc = {Message}",
        WorkflowFault.NoWorker => $"failed to lookup actor: api error: code = FailedPrecondition desc = {Message}",
        WorkflowFault.NoStateStore => $"api error: code = Internal desc = {Message}",
        _ => Message,
    };

    public static WorkflowException NoSuchInstance() => new(WorkflowFault.NoSuchInstance, "no such instance exists");

    public static WorkflowException AlreadyExists(string text) => new(WorkflowFault.AlreadyExists, text);

    public static WorkflowException NotOver() => new(WorkflowFault.NotOver, "orchestration has not yet completed");

    public static WorkflowException Stalled(string id) => new(WorkflowFault.Stalled, $"failed to invoke method for workflow '{id}': actor is stalled");

    public static WorkflowException NoStateStore() => new(WorkflowFault.NoStateStore,
        """the state store is not configured to use the actor runtime. Have you set the - name: actorStateStore value: "true" in your state store component file?""");

    /// <summary>What a caller reads whose id belongs to an instance that is not over.</summary>
    public static string ActiveText(string id) => $"an active workflow with ID '{id}' already exists";
}
