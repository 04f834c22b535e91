using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Dapr;
using Resort.Contracts;

namespace Resort.Defaults;

/// <summary>
/// Dapr's bulk publish. Its HTTP API is called directly: the SDK's method gives all events of a call the same metadata, and each of
/// ours needs its own id and partition key.
/// </summary>
public sealed class BulkPublisher(HttpClient sidecar)
{
    /// <summary>Tells each event whether it has arrived; never throws.</summary>
    public async Task PublishAsync(string topic, IReadOnlyList<OutgoingEvent> events)
    {
        try
        {
            using var content = new ReadOnlyMemoryContent(Body(events)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var answer = await sidecar.PostAsync($"v1.0/publish/bulk/{Components.PubSub}/{topic}", content);
            var failures = answer.IsSuccessStatusCode ? [] : await FailuresAsync(answer);
            for (var i = 0; i < events.Count; i++)
            {
                if (answer.IsSuccessStatusCode || failures.Count > 0 && !failures.ContainsKey(Id(i)))
                    events[i].Arrived();
                else
                    events[i].Failed(new DaprException(
                        $"An event was not published on {topic}: {failures.GetValueOrDefault(Id(i), $"the sidecar answered {(int)answer.StatusCode}")}"));
            }
        }
        catch (Exception exception)
        {
            var unknown = new DaprException($"It is not known whether {events.Count} events were published on {topic}: {exception.Message}", exception);
            foreach (var each in events)
                each.Failed(unknown); // the caller publishes again, which is harmless
        }
    }

    private static ReadOnlyMemory<byte> Body(IReadOnlyList<OutgoingEvent> events)
    {
        var body = new ArrayBufferWriter<byte>(events.Count * 1024);
        using var writer = new Utf8JsonWriter(body);
        writer.WriteStartArray();
        for (var i = 0; i < events.Count; i++)
            events[i].Write(writer, Id(i));
        writer.WriteEndArray();
        writer.Flush();
        return body.WrittenMemory;
    }

    // Why, by entry; empty when the call failed as a whole
    private static async Task<Dictionary<string, string>> FailuresAsync(HttpResponseMessage answer)
    {
        using var body = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
        return body.RootElement.TryGetProperty("failedEntries", out var failed)
            ? failed.EnumerateArray().ToDictionary(entry => entry.GetProperty("entryId").GetString()!, entry => entry.GetProperty("error").GetString() ?? "")
            : [];
    }

    private static string Id(int index) => index.ToString(CultureInfo.InvariantCulture);
}
