using System.Net;

namespace Resort.Tests.Sidecar.PubSub.Redis;

/// <summary>What the tests of <c>pubsub.redis</c> share.</summary>
internal static class RedisComponent
{
    /// <summary>A component <c>pubsub</c> at a server.</summary>
    public static string At(string host, params (string Name, string Value)[] metadata) => Components.With($$"""
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: {name: pubsub}
        spec:
          type: pubsub.redis
          version: v1
          metadata:
          - {name: redisHost, value: "{{host}}"}
        """, metadata);

    /// <summary>Publishes a number; it is there.</summary>
    public static async Task PublishAsync(this RunningSidecar sidecar, string topic, int n, string query = "") =>
        (await sidecar.TryPublishAsync(topic, n, query)).Should().Be(HttpStatusCode.NoContent);

    /// <summary>The answer to the publishing of a number.</summary>
    public static async Task<HttpStatusCode> TryPublishAsync(this RunningSidecar sidecar, string topic, int n, string query = "")
    {
        using var answer = await sidecar.PostAsync($"/v1.0/publish/pubsub/{topic}{query}", new { n });
        return answer.StatusCode;
    }
}
