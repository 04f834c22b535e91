using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Resort.Defaults;

namespace Resort.View.DeadLetters;

/// <summary>What arrived on a dead-letter topic. The original message, whatever it is: an envelope, or bytes that nobody could read.</summary>
public sealed record DeadMessage(string App, string EventId, string? Topic, string Message)
{
    public static DeadMessage Read(string app, byte[] message)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            var (id, topic) = (DeliveredEvent.Text(json.RootElement, "id"), DeliveredEvent.Text(json.RootElement, "topic"));
            return new(app, id.Length > 0 ? id : Hash(message), topic.Length > 0 ? topic : null, json.RootElement.GetRawText());
        }
        catch (JsonException)
        {
            return new(app, Hash(message), null, JsonSerializer.Serialize(Encoding.UTF8.GetString(message)));
        }
    }

    private static string Hash(byte[] message) => $"sha256:{Base64Url.EncodeToString(SHA256.HashData(message))}";
}
