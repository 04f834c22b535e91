using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Resort.Tests.Harness;

namespace Resort.Tests.Demo;

/// <summary>Something was not as expected.</summary>
internal sealed class SurpriseException(string message) : Exception(message);

/// <summary>Does what the tour asks for, and prints request, answer and view.</summary>
internal sealed class Report(Customer customer)
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private int scenes;

    public int Requests { get; private set; }

    public void Scene(string title) => Console.WriteLine($"\n{++scenes}. {title}");

    public static void Note(string text) => Console.WriteLine($"   ({text})");

    public async Task<Answer> AskAsync(HttpMethod method, string path, HttpStatusCode expected, string? body = null)
    {
        Requests++;
        Console.WriteLine($"   → {method} /{path}{(body is null ? "" : $" {body}")}");
        var answer = await customer.SendAsync(method, path, body);
        Console.WriteLine($"   ← {(int)answer.Status} {answer.Status}{(answer.Body.Length == 0 ? "" : $" {WithoutLinks(answer.Body)}")}");
        return answer.Status == expected ? answer : throw new SurpriseException($"{method} /{path} was answered with {(int)answer.Status}, not {(int)expected}");
    }

    /// <summary>Waits until the view shows these values, and prints it.</summary>
    public async Task<JsonElement> ViewAsync(string reservationId, params (string Field, string Value)[] expected)
    {
        var view = await customer.ViewAsync(reservationId, view => expected.All(e => Text(view, e.Field) == e.Value), patience);
        Console.WriteLine($"   = reservation {Text(view, "reservationstatus")}{Part(view, ", because of ", "reason")}{Part(view, ", payment ", "paymentstatus")}"
            + $"{Part(view, ", ticket ", "issuestatus")}{Part(view, " ", "ticketnumber")}{Part(view, ", points ", "points")}{Part(view, " ", "pointsstatus")}");
        Console.WriteLine($"     {string.Join(" → ", view.GetProperty("timeline").EnumerateArray().Select(entry => Text(entry, "event")))}");
        return view;
    }

    public static string Text(JsonElement element, string field) => element.TryGetProperty(field, out var value) ? value.ToString() : "";

    private static string Part(JsonElement view, string before, string field) => Text(view, field) is { Length: > 0 } text ? before + text : "";

    private static string WithoutLinks(string body)
    {
        var json = JsonNode.Parse(body)!;
        (json as JsonObject)?.Remove("_links");
        return json.ToJsonString(readable);
    }
}
