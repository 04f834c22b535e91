using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Workflow.Steps;

/// <summary>A GET at the sidecar's HTTP port.</summary>
internal sealed record HttpStep : WorkflowStep
{
    public required string Path { get; init; }

    /// <summary>Only this field of the JSON body.</summary>
    public required string Pick { get; init; }

    public override async Task<JsonNode?> PlayAsync(WorkflowReplay replay)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{replay.Sidecar.HttpPort}{replay.Words.Fill(Path)}"));
        var got = new JsonObject { ["status"] = (int)answer.StatusCode };
        if (JsonNode.Parse(await answer.Content.ReadAsStringAsync())?[Pick] is { } picked) got["body"] = picked.DeepClone();
        return replay.Words.Blank(got);
    }
}
