using System.Text;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Resort.Sidecar.Api;
using Resort.Sidecar.Workflow.Instances;

namespace Resort.Sidecar.Workflow;

/// <summary>The workflow management API over HTTP. The component in the path is not looked at, as in Dapr.</summary>
internal sealed class WorkflowApi(WorkflowManagement management)
{
    public void Map(RouteTable routes)
    {
        foreach (var version in new[] { "v1.0", "v1.0-beta1", "v1.0-alpha1" })
        {
            var root = $"/{version}/workflows/{{component}}";
            routes.Map("POST", $"{root}/{{name}}/start", StartAsync);
            routes.Map("GET", $"{root}/{{id}}", GetAsync);
            routes.Map("POST", $"{root}/{{id}}/raiseEvent/{{event}}", RaiseAsync);
            routes.Map("POST", $"{root}/{{id}}/terminate", call => CommandAsync(call, management.TerminateAsync));
            routes.Map("POST", $"{root}/{{id}}/pause", call => CommandAsync(call, management.PauseAsync));
            routes.Map("POST", $"{root}/{{id}}/resume", call => CommandAsync(call, management.ResumeAsync));
            routes.Map("POST", $"{root}/{{id}}/purge", call => CommandAsync(call, management.PurgeAsync));
        }
    }

    private async Task StartAsync(ApiContext call)
    {
        var input = await ReadTextAsync(call);
        var id = await management.StartAsync(call["name"], call.Query("instanceID"), input, null, call.Aborted);
        await call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("instanceID", id);
            json.WriteEndObject();
        }, StatusCodes.Status202Accepted);
    }

    private Task GetAsync(ApiContext call)
    {
        var view = management.Get(call["id"]);
        return view.Exists ? call.Json(json => Write(json, view)) : throw new DaprException(Errors.WorkflowNotFound(call["id"]));
    }

    private async Task RaiseAsync(ApiContext call)
    {
        await management.RaiseAsync(call["id"], call["event"], await ReadTextAsync(call), call.Aborted);
        await DoneAsync(call);
    }

    private static async Task CommandAsync(ApiContext call, Func<string, CancellationToken, Task> command)
    {
        var body = await call.ReadBodyAsync(Errors.WorkflowBodyUnreadable);
        if (!IsEmptyOrObject(body)) throw new DaprException(Errors.MalformedRequest("failed deserializing HTTP body: proto: syntax error (line 1:1): the body is no JSON object"));
        await command(call["id"], call.Aborted);
        await DoneAsync(call);
    }

    private static Task DoneAsync(ApiContext call) => call.Json("{}"u8.ToArray(), StatusCodes.Status202Accepted);

    /// <summary>Input and event data are the body as it stands, whatever it is.</summary>
    private static async Task<string> ReadTextAsync(ApiContext call) => Encoding.UTF8.GetString((await call.ReadBodyAsync(Errors.WorkflowBodyUnreadable)).Span);

    private static bool IsEmptyOrObject(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty) return true;
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException) { return false; }
    }

    private static void Write(Utf8JsonWriter json, InstanceView view)
    {
        json.WriteStartObject();
        json.WriteString("instanceID", view.InstanceId);
        if (view.Started is { Name.Length: > 0 } started) json.WriteString("workflowName", started.Name);
        json.WriteString("createdAt", Text(view.CreatedAt));
        json.WriteString("lastUpdatedAt", Text(view.UpdatedAt));
        json.WriteString("runtimeStatus", WorkflowManagement.StatusName(view.Status));
        var properties = WorkflowManagement.Properties(view).ToList();
        if (properties.Count > 0)
        {
            json.WriteStartObject("properties");
            foreach (var (name, value) in properties) json.WriteString(name, value);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static string Text(Timestamp time) => time.ToDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
