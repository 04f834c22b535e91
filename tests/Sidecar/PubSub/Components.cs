using System.Text.Json.Nodes;

namespace Resort.Tests.Sidecar.PubSub;

/// <summary>Resources that the tests of pub/sub use, and what they ask of events.</summary>
internal static class Components
{
    public const string InMemory = """
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: {name: pubsub}
        spec:
          type: pubsub.in-memory
          version: v1
          metadata:
          - {name: consumerID, value: "{appID}"}
        """;

    public const string Durable = """
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: {name: pubsub}
        spec:
          type: pubsub.sqlite
          version: v1
          metadata:
          - {name: connectionString, value: data.db}
        """;

    /// <summary>A component with more metadata.</summary>
    public static string With(string component, params (string Name, string Value)[] metadata) =>
        component + string.Concat(metadata.Select(entry => $"\n  - {{name: {entry.Name}, value: \"{entry.Value}\"}}"));

    /// <summary>An inbound retry policy.</summary>
    public static string Retry(int times, string pause = "20ms") => $$"""

        ---
        apiVersion: dapr.io/v1alpha1
        kind: Resiliency
        metadata: {name: resiliency}
        spec:
          policies:
            retries:
              again: {policy: constant, duration: {{pause}}, maxRetries: {{times}}}
          targets:
            components:
              pubsub:
                inbound: {retry: again}
        """;

    /// <summary>The field <c>n</c> of the data of an event, or of each event of a batch.</summary>
    public static IEnumerable<int> Numbers(this AppRequest request) => request.Json["entries"] is JsonArray entries
        ? entries.Select(entry => (int)entry!["event"]!["data"]!["n"]!)
        : [(int)request.Json["data"]!["n"]!];

    /// <summary>An app's answer to a batch: one status for all its entries, or what a function says of each event's <c>n</c>.</summary>
    public static object Statuses(this AppRequest request, Func<int, string> status) => new
    {
        statuses = ((JsonArray)request.Json["entries"]!).Select(entry => new { entryId = (string)entry!["entryId"]!, status = status((int)entry["event"]!["data"]!["n"]!) }),
    };
}
