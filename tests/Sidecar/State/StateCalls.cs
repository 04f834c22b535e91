using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Resort.Tests.Sidecar.State;

/// <summary>What a get of the state API answers.</summary>
internal sealed record StateAnswer(HttpStatusCode Status, string Body, string? ETag, string? Expiry);

/// <summary>Components and calls that the state tests share.</summary>
internal static class StateCalls
{
    /// <summary>Both kinds of store, for what holds for each.</summary>
    public static TheoryData<string> Types { get; } = new("state.in-memory", "state.sqlite");

    /// <summary>A state component named <c>store</c>, with the metadata it needs.</summary>
    public static string Store(string type, string metadata = "") => Component("store", type, type == "state.sqlite" ? $"{{ name: connectionString, value: state.db }}, {metadata}" : metadata);

    /// <summary>A component; metadata is the inside of a YAML list.</summary>
    public static string Component(string name, string type, string metadata = "", string more = "") =>
        $"""
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: {"{"} name: {name} {"}"}
        spec: {"{"} type: {type}, version: v1, metadata: [{metadata}] {"}"}
        {more}
        ---

        """;

    public static Task<(HttpStatusCode Status, string Body)> SaveAsync(this RunningSidecar sidecar, string json, string path = "store") => SendAsync(sidecar, HttpMethod.Post, path, json);

    public static Task<(HttpStatusCode Status, string Body)> TransactAsync(this RunningSidecar sidecar, string operations, string path = "store/transaction") =>
        SendAsync(sidecar, HttpMethod.Post, path, $$"""{"operations":[{{operations}}]}""");

    public static Task<(HttpStatusCode Status, string Body)> DeleteAsync(this RunningSidecar sidecar, string key, string? etag = null) => SendAsync(sidecar, HttpMethod.Delete, $"store/{key}", null, etag);

    public static async Task<StateAnswer> GetAsync(this RunningSidecar sidecar, string key, string store = "store")
    {
        using var answer = await sidecar.Http.GetAsync($"/v1.0/state/{store}/{key}");
        return new(
            answer.StatusCode, await answer.Content.ReadAsStringAsync(), First(answer, "ETag"), First(answer, "metadata.ttlExpireTime"));
    }

    /// <summary>The message of an error body.</summary>
    public static string Message(this string body) => JsonNode.Parse(body)!["message"]!.GetValue<string>();

    /// <summary>The code of an error body.</summary>
    public static string Code(this string body) => JsonNode.Parse(body)!["errorCode"]!.GetValue<string>();

    public static async Task<(HttpStatusCode Status, string Body)> SendAsync(this RunningSidecar sidecar, HttpMethod method, string path, string? json, string? etag = null)
    {
        using var request = new HttpRequestMessage(method, $"/v1.0/state/{path}") { Content = json is null ? null : new StringContent(json, Encoding.UTF8) };
        if (etag is not null) request.Headers.TryAddWithoutValidation("If-Match", etag);
        using var answer = await sidecar.Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static string? First(HttpResponseMessage answer, string header) => answer.Headers.TryGetValues(header, out var values) ? values.First() : null;
}
