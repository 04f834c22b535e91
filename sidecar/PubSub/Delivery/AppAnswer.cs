using System.Text.Json;

namespace Resort.Sidecar.PubSub.Delivery;

/// <summary>
/// What becomes of a delivered message: done with; to be repeated as far as the policy goes; dropped, to the dead letters if there are any; or
/// kept until the app, which is ill, is well again.
/// </summary>
internal enum Outcome { Success, Retry, Drop, Later }

/// <summary>What an app's answer to a delivery means. The code is the answer's status, if that is the reason to repeat it.</summary>
internal readonly record struct AppAnswer(Outcome Outcome, int? Code = null)
{
    private const int NotFound = 404;

    /// <summary>
    /// Single delivery. The word is <c>status</c> in the body of the answer; null if there is no text of that name in it, or no JSON, or no body.
    /// </summary>
    public static AppAnswer Single(int status, string? word) => (status, word) switch
    {
        ( >= 200 and < 300, null or "" or "SUCCESS") => new(Outcome.Success),
        ( >= 200 and < 300, "DROP") => new(Outcome.Drop),
        ( >= 200 and < 300, _) => new(Outcome.Retry), // RETRY, and any word that Dapr does not know
        (NotFound, _) => new(Outcome.Drop),
        _ => new(Outcome.Retry, status),
    };

    /// <summary>One entry of a bulk delivery; the word is null if the answer says nothing of the entry, or cannot be read.</summary>
    public static Outcome Bulk(int status, string? word) => (status, word) switch
    {
        ( >= 200 and < 300, "SUCCESS") => Outcome.Success,
        ( >= 200 and < 300, "DROP") => Outcome.Drop,
        (NotFound, _) => Outcome.Success, // dropped for good: unlike a single one it does not even go to the dead letters
        _ => Outcome.Retry,
    };

    /// <summary>The word in the answer to a single delivery.</summary>
    public static string? Word(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty) return null;
        try
        {
            var reader = new Utf8JsonReader(body);
            using var json = JsonDocument.ParseValue(ref reader);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
            var member = json.RootElement.EnumerateObject().LastOrDefault(member => member.Name.Equals("status", StringComparison.OrdinalIgnoreCase));
            return member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null;
        }
        catch (JsonException) { return null; }
    }

    /// <summary>The words in the answer to a bulk delivery, by entry id.</summary>
    public static Dictionary<string, string?> Words(ReadOnlySpan<byte> body)
    {
        var words = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (body.IsEmpty) return words;
        try
        {
            foreach (var entry in JsonSerializer.Deserialize(body, PubSubJson.Default.BulkAnswerJson)?.Statuses ?? [])
                if (entry?.EntryId is { } id) words[id] = entry.Status;
        }
        catch (JsonException) { words.Clear(); }
        return words;
    }
}
