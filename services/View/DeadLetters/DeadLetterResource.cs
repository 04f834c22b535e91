using System.Text.Json;
using System.Text.Json.Serialization;
using Resort.Defaults;

namespace Resort.View.DeadLetters;

/// <summary>A dead letter as those see it who run the system.</summary>
public sealed record DeadLetterResource(
    string Id, string App, string? Topic, string? Event, string EventId, string Status, string Reason, int Attempts,
    DateTimeOffset Time, DateTimeOffset? ReplayedAt, JsonElement Message)
{
    private const string Unknown = "Its consumer said nothing: it did not answer, or what came was no CloudEvent.";

    [JsonPropertyName("_links")]
    public Links Links { get; } = Links.Self(Path(Id))
        .With("replay", $"{Path(Id)}/replay", when: Topic is not null && Status == nameof(DeadLetterStatus.Dead), method: "POST");

    public static DeadLetterResource Of(ExplainedLetter explained)
    {
        var letter = explained.Letter;
        var message = JsonSerializer.Deserialize<JsonElement>(letter.Message);
        var type = DeliveredEvent.Text(message, "type");
        return new(
            letter.Id, letter.App, letter.Topic, type.Length > 0 ? type : null, letter.EventId, letter.Status.ToString(),
            explained.Reason ?? Unknown, explained.Attempts, letter.DiedAt, letter.ReplayedAt, message);
    }

    private static string Path(string id) => $"/dead-letters/{id}";
}
