using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Resort.Tests.Conformance.Recordings;

namespace Resort.Tests.Conformance.App;

/// <summary>Sends a scripted answer, whole or in any of the ways in which an app may fail to.</summary>
internal sealed class AppAnswer(HttpContext http, AppCall call)
{
    public async Task SendAsync(AnswerScript answer)
    {
        if (answer.DelayMs > 0) await Task.Delay(answer.DelayMs, http.RequestAborted);
        if (answer.Reset) await EndConnectionAsync([]);
        else if (answer.Raw is { } bytes) await EndConnectionAsync(Encoding.UTF8.GetBytes(bytes));
        else await SendHttpAsync(answer);
    }

    private async Task SendHttpAsync(AnswerScript answer)
    {
        http.Response.StatusCode = answer.Status;
        if (answer.Body is not null and not JsonValue) http.Response.ContentType = "application/json";
        foreach (var (name, value) in answer.Headers)
            http.Response.Headers[name] = value is JsonArray list ? new StringValues([.. list.Select(one => one!.ToString())]) : value.ToString();
        await http.Response.StartAsync();
        foreach (var part in answer.Chunks)
        {
            await http.Response.Body.WriteAsync(part.Bytes(), http.RequestAborted);
            await Task.Delay(part.ThenMs, http.RequestAborted);
        }
        if (answer.BreakOff) await EndConnectionAsync([]);
        else if (MayHaveBody(answer.Status)) await http.Response.Body.WriteAsync(BodyOf(answer), http.RequestAborted);
    }

    /// <summary>Sends bytes past the HTTP server, which would make an answer of them, and then what says that the connection ends here.</summary>
    private async Task EndConnectionAsync(byte[] bytes)
    {
        var connection = (ConnectionContext)http.Features.GetRequiredFeature<IConnectionItemsFeature>().Items[typeof(ConnectionContext)]!;
        await connection.Transport.Output.WriteAsync(bytes);
        await connection.Transport.Output.CompleteAsync();
        await Task.Delay(Timeout.Infinite, connection.ConnectionClosed).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static bool MayHaveBody(int status) => status is not (204 or 205 or 304);

    private byte[] BodyOf(AnswerScript answer) => answer switch
    {
        { Bytes: { } bytes } => bytes,
        { Repeat: { } times } => Encoding.ASCII.GetBytes(new string('x', times)),
        { Echo: true } => call.Body,
        { Body: null } => [],
        { Body: JsonValue text } when text.GetValueKind() == JsonValueKind.String => Encoding.UTF8.GetBytes(text.GetValue<string>()),
        _ => Encoding.UTF8.GetBytes(Json.Text(answer.Body)),
    };
}
