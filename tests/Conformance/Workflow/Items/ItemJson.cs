using System.Text.Json.Nodes;
using Resort.Tests.Conformance.Workflow.Wire;

namespace Resort.Tests.Conformance.Workflow.Items;

/// <summary>Work items in the form of the recordings: what the item is about first, then the other fields as they were on the wire.</summary>
internal static class ItemJson
{
    /// <param name="item">The item.</param>
    /// <param name="full">Past events whole, not in a few words.</param>
    /// <param name="withWorker">Tell who got it.</param>
    /// <param name="before">The item since which its time is told.</param>
    public static JsonObject Of(ReceivedItem item, bool full, bool withWorker, ReceivedItem? before)
    {
        var message = MessageJson.Of(item.Message);
        var request = Take(message, item.IsTurn ? "workflowRequest" : "activityRequest")!.AsObject();
        var json = new JsonObject();
        if (item.Name.Length > 0) json[item.IsTurn ? "turn" : "activity"] = item.Name;
        json["instance"] = item.InstanceId;
        if (item.IsTurn)
        {
            request.Remove("instanceId");
            var past = Take(request, "pastEvents")?.AsArray() ?? [];
            json["past"] = full ? past : EventLabel.Of(past);
            json["new"] = Take(request, "newEvents") ?? new JsonArray();
        }
        else
        {
            request.Remove("name");
            request.Remove("workflowInstance");
        }
        foreach (var (name, value) in request) json[name] = value?.DeepClone();
        if (withWorker) json["worker"] = item.Worker;
        if (before is not null) item.At.Record(before.At, json, "gapMs");
        foreach (var (name, value) in message) json[name] = value?.DeepClone();
        if (item.Refused is { } refused) json["refused"] = refused.ToJson();
        return json;
    }

    private static JsonNode? Take(JsonObject from, string name) => from.Remove(name, out var value) ? value : null;
}
