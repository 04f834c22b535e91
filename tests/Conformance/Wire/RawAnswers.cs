using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Wire;

/// <summary>Reads the answers that came over one connection.</summary>
internal sealed class RawAnswers
{
    private static readonly Encoding bytesAsText = Encoding.Latin1;
    private string left;

    private RawAnswers(byte[] received) => left = bytesAsText.GetString(received);

    public static JsonArray Parse(byte[] received)
    {
        var reader = new RawAnswers(received);
        var answers = new JsonArray();
        while (reader.left.StartsWith("HTTP/", StringComparison.Ordinal) && reader.left.Contains("\r\n\r\n", StringComparison.Ordinal)) answers.Add(reader.Answer());
        if (reader.left.Length > 0) answers.Add(new JsonObject { ["rest"] = reader.left[..Math.Min(500, reader.left.Length)] });
        return answers;
    }

    private JsonObject Answer()
    {
        var lines = Take(left.IndexOf("\r\n\r\n", StringComparison.Ordinal), 4).Split("\r\n");
        var status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        var headers = RecordedHeaders.Joined(lines.Skip(1).Select(line => line.Split(':', 2)).Where(line => line.Length == 2).Select(line => KeyValuePair.Create(line[0], line[1].Trim())));
        var body = bytesAsText.GetBytes(Body(status, headers));
        var answer = new JsonObject { ["status"] = status };
        var kept = RecordedHeaders.OfAnswer(headers);
        foreach (var header in new[] { "connection", "transfer-encoding" })
            if (headers.TryGetValue(header, out var value)) kept[header] = value.DeepClone(); // they count where the connection is looked at
        answer["headers"] = kept;
        if (RecordedBody.Of(body, headers.TryGetValue("content-type", out var type) ? type.ToString() : null) is { } recorded) answer["body"] = recorded;
        return answer;
    }

    private string Body(int status, Dictionary<string, JsonNode> headers)
    {
        if (headers.TryGetValue("transfer-encoding", out var coding) && coding.ToString().Contains("chunked", StringComparison.Ordinal)) return Chunks();
        if (headers.TryGetValue("content-length", out var length)) return Take(int.Parse(length.ToString(), CultureInfo.InvariantCulture), 0);
        return status is < 200 or 204 or 304 ? "" : Take(left.Length, 0);
    }

    private string Chunks()
    {
        var body = new StringBuilder();
        while (left.IndexOf("\r\n", StringComparison.Ordinal) is >= 0 and var end && int.TryParse(left[..end], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var size))
        {
            Take(end, 2);
            body.Append(Take(size, 2));
            if (size == 0) break;
        }
        return body.ToString();
    }

    /// <summary>Takes so many characters, and passes over some.</summary>
    private string Take(int count, int over)
    {
        var taken = left[..Math.Min(count, left.Length)];
        left = left[Math.Min(count + over, left.Length)..];
        return taken;
    }
}
