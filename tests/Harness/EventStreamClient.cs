using System.Globalization;

namespace Resort.Tests.Harness;

/// <summary>A change as it was told.</summary>
public sealed record ToldChange(long Id, string Name, string Data);

/// <summary>Someone who listens to <c>/views/stream</c>.</summary>
public sealed class EventStreamClient : IDisposable
{
    private readonly CancellationTokenSource deadline = new(TimeSpan.FromSeconds(30));
    private readonly HttpResponseMessage answer;
    private readonly StreamReader lines;

    private EventStreamClient(HttpResponseMessage answer, Stream body) => (this.answer, lines) = (answer, new StreamReader(body));

    /// <summary>The last id that was told: what to resume by.</summary>
    public long Position { get; private set; }

    public static async Task<EventStreamClient> ConnectAsync(HttpClient http, string path, long? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is { } id) request.Headers.Add("Last-Event-ID", id.ToString(CultureInfo.InvariantCulture));
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (answer.Content.Headers.ContentType?.MediaType != "text/event-stream") throw new HttpRequestException($"{path} answered {(int)answer.StatusCode} {answer.Content.Headers.ContentType}");
        var client = new EventStreamClient(answer, await answer.Content.ReadAsStreamAsync());
        await client.LineAsync(line => line.StartsWith("id: ", StringComparison.Ordinal));
        return client;
    }

    public async Task<IReadOnlyList<ToldChange>> ReadAsync(int count)
    {
        var changes = new List<ToldChange>();
        for (var name = ""; changes.Count < count;)
        {
            var line = await LineAsync(line => line.StartsWith("event: ", StringComparison.Ordinal) || line.StartsWith("data: ", StringComparison.Ordinal));
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line["event: ".Length..];
            else changes.Add(new ToldChange(Position, name, line["data: ".Length..]));
        }
        return changes;
    }

    /// <summary>The next line that is looked for.</summary>
    public async Task<string> LineAsync(Func<string, bool> wanted)
    {
        while (true)
        {
            var line = await lines.ReadLineAsync(deadline.Token) ?? throw new EndOfStreamException("the stream has ended");
            if (line.StartsWith("id: ", StringComparison.Ordinal)) Position = long.Parse(line["id: ".Length..], CultureInfo.InvariantCulture);
            if (wanted(line)) return line;
        }
    }

    /// <summary>What comes until the end, without empty lines.</summary>
    public async Task<IReadOnlyList<string>> RestAsync() =>
        (await lines.ReadToEndAsync(deadline.Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose()
    {
        lines.Dispose();
        answer.Dispose();
        deadline.Dispose();
    }
}
