using System.Text.Json.Nodes;
using Google.Protobuf;

namespace Resort.Tests.Conformance.Workflow.Wire;

/// <summary>What a call got: a response, or only how it failed.</summary>
internal sealed record CallResult(CallStatus Status, IMessage? Response)
{
    /// <summary><c>{response}</c>, or <c>{error: {code, message}}</c>.</summary>
    public JsonObject ToJson() => Response is null ? new JsonObject { ["error"] = Status.ToJson() } : new JsonObject { ["response"] = MessageJson.Of(Response) };
}
