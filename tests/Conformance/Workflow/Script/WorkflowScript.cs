using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Dapr.DurableTask.Protobuf;
using Resort.Tests.Conformance.Workflow.Wire;

namespace Resort.Tests.Conformance.Workflow.Script;

/// <summary>
/// A workflow as data. Every turn walks the entries with the whole history and asks for the actions that the history does not confirm yet, up to the
/// first entry whose <c>when</c> does not hold. So the same turn gets the same answer however often it comes.
/// </summary>
[JsonConverter(typeof(Reader))]
internal sealed record WorkflowScript
{
    public IReadOnlyList<ScriptEntry> Entries { get; init; } = [];

    /// <summary>No actions while suspended, as the SDKs do.</summary>
    public bool Hold { get; init; }

    /// <summary><c>ignore</c>, or nothing: then a termination is answered with a completion.</summary>
    public string? OnTerminate { get; init; }

    /// <summary>Name and patches that every answer tells.</summary>
    public JsonObject? Version { get; init; }

    /// <summary>The answer to a turn, and the last entry that was reached, if any.</summary>
    public (WorkflowResponse Response, ScriptEntry? Reached) Answer(WorkflowRequest turn)
    {
        var past = new TurnHistory(turn);
        var response = new WorkflowResponse { InstanceId = turn.InstanceId };
        if (past.Terminated is { } terminated && OnTerminate != "ignore")
        {
            response.Actions.Add(new WorkflowAction { Id = 99, CompleteWorkflow = new CompleteWorkflowAction { WorkflowStatus = OrchestrationStatus.Terminated, Result = terminated.Input } });
            return (response, null);
        }
        if (Version is not null) response.Version = (WorkflowVersion)MessageJson.Read(Version, WorkflowVersion.Descriptor);
        if (past.IsSuspended && Hold) return (response, null);
        ScriptEntry? reached = null;
        foreach (var entry in Entries)
        {
            if (entry.If?.Holds(past) == false) continue;
            if (entry.When?.Holds(past) == false) break;
            reached = entry;
            if (entry.Status.ValueKind != JsonValueKind.Undefined) response.CustomStatus = entry.Status.GetString() is { } status ? ScriptText.Fill(status, past) : null;
            response.Actions.Add(entry.Actions(past, turn));
        }
        if (reached?.Response is { } fields) MessageJson.Merge(fields, response);
        return (response, reached);
    }

    /// <summary>A script may also be the bare list of its entries.</summary>
    private sealed class Reader : JsonConverter<WorkflowScript>
    {
        public override WorkflowScript Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.StartArray) return new WorkflowScript { Entries = JsonSerializer.Deserialize<ScriptEntry[]>(ref reader, options)! };
            var whole = JsonSerializer.Deserialize<Whole>(ref reader, options)!;
            return new WorkflowScript { Entries = whole.Entries, Hold = whole.Hold, OnTerminate = whole.OnTerminate, Version = whole.Version };
        }

        public override void Write(Utf8JsonWriter writer, WorkflowScript value, JsonSerializerOptions options) => throw new NotSupportedException();

        private sealed record Whole(ScriptEntry[] Entries, bool Hold, string? OnTerminate, JsonObject? Version);
    }
}
