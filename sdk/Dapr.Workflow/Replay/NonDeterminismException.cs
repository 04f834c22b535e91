namespace Dapr.Workflow.Replay;

/// <summary>The code of a workflow no longer does what its history says it did.</summary>
internal sealed class NonDeterminismException(string workflow, string instanceId, int id, string history, string code) : Exception(
    $"Workflow '{workflow}' ({instanceId}) no longer matches its history: call {id} was {history} when it first ran, the code now {code}. "
    + "Workflow code must do the same on every replay; guard a change with IsPatched, or let the instances in flight end on the old code.");
