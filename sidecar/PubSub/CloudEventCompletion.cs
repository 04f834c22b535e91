using System.Buffers;
using System.Text.Json;
using Resort.Sidecar.Api;
using Resort.Sidecar.Json;

namespace Resort.Sidecar.PubSub;

/// <summary>
/// Completes an event that comes as a CloudEvent: topic and pub/sub are Dapr's to say, what is missing is added, everything else stays as it is;
/// even a missing id is not made up.
/// </summary>
internal sealed class CloudEventCompletion(string appId, TimeProvider clock)
{
    /// <exception cref="DaprException">The body is no JSON object.</exception>
    public byte[] Complete(Publication publication)
    {
        using var document = Parse(publication);
        var given = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in document.RootElement.EnumerateObject()) given[member.Name] = member.Value;
        var fields = Fields(publication, given);

        var buffer = new ArrayBufferWriter<byte>(publication.Body.Length + 512);
        using (var writer = new Utf8JsonWriter(buffer, JsonText.WriterOptions))
        {
            writer.WriteStartObject();
            foreach (var name in given.Keys.Union(fields.Keys).Order(StringComparer.Ordinal))
                if (fields.TryGetValue(name, out var text)) writer.WriteString(name, text);
                else
                {
                    writer.WritePropertyName(name);
                    given[name].WriteTo(writer);
                }
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The fields that Dapr sets.</summary>
    private Dictionary<string, string> Fields(Publication publication, SortedDictionary<string, JsonElement> given)
    {
        var fields = new Dictionary<string, string> { ["topic"] = publication.Topic, ["pubsubname"] = publication.Pubsub };
        if (!given.ContainsKey("traceid")) fields["traceid"] = fields["traceparent"] = publication.TraceParent;
        if (!publication.BrokerExpires && PublishMetadata.Expiration(publication.Metadata, clock.GetUtcNow()) is { } expiration) fields["expiration"] = EnvelopeWriter.Time(expiration);
        Add("tracestate", publication.TraceState);
        Add("time", EnvelopeWriter.Time(clock.GetLocalNow()));
        Add("source", "Dapr");
        Add("type", EnvelopeWriter.EventType);
        Add("specversion", "1.0");
        return fields;

        void Add(string name, string value)
        {
            if (!given.ContainsKey(name)) fields[name] = value;
        }
    }

    private JsonDocument Parse(Publication publication)
    {
        string problem;
        try
        {
            var document = JsonDocument.Parse(GoJson.Readable(publication.Body), GoJson.DocumentOptions);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            problem = GoDecoder.Mismatch(document.RootElement, "value of type map[string]interface {}").Message;
            document.Dispose();
        }
        catch (JsonException e)
        {
            problem = GoSyntax.Problem(publication.Body.Span) ?? e.Message;
        }
        throw new DaprException(Errors.NoCloudEvent(publication.Pubsub, appId, problem));
    }
}
