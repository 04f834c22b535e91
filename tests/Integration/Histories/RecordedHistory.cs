using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapr.DurableTask.Protobuf;
using Google.Protobuf;
using Resort.Tests.Harness;

namespace Resort.Tests.Integration.Histories;

/// <summary>The history of a finished saga, kept in <c>workflows/histories/{saga}.v{version}.{way}.json</c>: what the released code did.</summary>
internal sealed record RecordedHistory(string File, IReadOnlyList<HistoryEvent> Events)
{
    private static readonly JsonSerializerOptions indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Folder => Repository.PathOf("workflows/histories");

    public static IEnumerable<string> Files => Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    public static RecordedHistory Read(string file) =>
        new(file, [.. JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(Folder, file)))!.AsArray().Select(node => JsonParser.Default.Parse<HistoryEvent>(node!.ToJsonString()))]);

    /// <summary>The newest version that has gone this way.</summary>
    public static RecordedHistory? Newest(string saga, string way) =>
        Files.Where(file => file.StartsWith($"{saga}.v", StringComparison.Ordinal) && file.EndsWith($".{way}.json", StringComparison.Ordinal)).MaxBy(Version) is { } file ? Read(file) : null;

    /// <summary>Writes it as the next version.</summary>
    public static void Add(string saga, string way, IEnumerable<HistoryEvent> events)
    {
        var version = Newest(saga, way) is { } newest ? Version(newest.File) + 1 : 1;
        var array = new JsonArray([.. events.Select(recorded => JsonNode.Parse(JsonFormatter.Default.Format(recorded)))]);
        System.IO.File.WriteAllText(Path.Combine(Folder, $"{saga}.v{version}.{way}.json"), array.ToJsonString(indented) + "\n");
    }

    /// <summary>The patches that the code of that version took.</summary>
    public IEnumerable<string> Patches => Events.Where(happened => happened.WorkflowStarted?.Version is not null).SelectMany(happened => happened.WorkflowStarted.Version.Patches);

    /// <summary>Every turn: what had happened before it, what it was told, and what the code asked for.</summary>
    public IEnumerable<(IReadOnlyList<HistoryEvent> Past, IReadOnlyList<HistoryEvent> New, IReadOnlyList<string> Asked)> Turns()
    {
        var starts = Enumerable.Range(0, Events.Count).Where(at => Events[at].WorkflowStarted is not null).Append(Events.Count).ToList();
        foreach (var (start, end) in starts.Zip(starts.Skip(1)))
        {
            var turn = Events.Skip(start).Take(end - start).ToList();
            yield return ([.. Events.Take(start)], [.. turn.Where(happened => AskedBy(happened) is null).Select(WithoutVersion)], [.. turn.Select(AskedBy).OfType<string>()]);
        }
    }

    /// <summary>The steps in their order. How often one was tried depends on the day.</summary>
    public static IReadOnlyList<string> Way(IEnumerable<HistoryEvent> events)
    {
        List<string> way = [];
        foreach (var name in events.Select(happened => happened.TaskScheduled?.Name ?? happened.ChildWorkflowInstanceCreated?.Name).OfType<string>())
            if (way.LastOrDefault() != name) way.Add(name);
        return way;
    }

    /// <summary>What the code asked for, if this event tells of that.</summary>
    private static string? AskedBy(HistoryEvent happened) => happened.EventTypeCase switch
    {
        HistoryEvent.EventTypeOneofCase.TaskScheduled => $"{happened.EventId}: {happened.TaskScheduled.Name}",
        HistoryEvent.EventTypeOneofCase.TimerCreated => $"{happened.EventId}: timer",
        HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceCreated => $"{happened.EventId}: {happened.ChildWorkflowInstanceCreated.Name}",
        HistoryEvent.EventTypeOneofCase.ExecutionCompleted => $"ends {happened.ExecutionCompleted.WorkflowStatus}: {happened.ExecutionCompleted.Result}",
        _ => null,
    };

    // A turn is handed out without the patches that its answer names
    private static HistoryEvent WithoutVersion(HistoryEvent happened)
    {
        var copy = happened.Clone();
        if (copy.WorkflowStarted is { } started) started.Version = null;
        return copy;
    }

    private static int Version(string file) => int.Parse(file.Split('.')[1][1..], System.Globalization.CultureInfo.InvariantCulture);
}
