using System.Text.Json.Nodes;
using Resort.Tests.Conformance.App;
using Resort.Tests.Conformance.Replaying;
using Resort.Tests.Conformance.Wire;

namespace Resort.Tests.Conformance.Steps;

/// <summary>The requests that the app got and that no earlier step has shown.</summary>
internal sealed record CallbacksStep : Step
{
    private const string Probe = "/healthz";
    private static readonly TimeSpan betweenLooks = TimeSpan.FromMilliseconds(20);

    public string? Path { get; init; }

    /// <summary>How many are awaited, at most <see cref="Within"/> milliseconds; then more may come for <see cref="Settle"/>.</summary>
    public int Count { get; init; } = 1;
    public int Within { get; init; } = 5000;
    public int Settle { get; init; } = 150;

    /// <summary>The whole time is awaited.</summary>
    public bool Quiet { get; init; }

    /// <summary>Forgets what came so far.</summary>
    public bool Drain { get; init; }

    /// <summary>Shows health probes too.</summary>
    public bool Probes { get; init; }

    public bool Timed { get; init; }
    public bool Arrival { get; init; }
    public bool Framing { get; init; }
    public bool Abandoned { get; init; }
    public bool Raw { get; init; }

    /// <summary>Only method, path, body and gap.</summary>
    public bool Brief { get; init; }
    public bool Tally { get; init; }
    public int Tolerance { get; init; }
    public IReadOnlyList<string>? Absent { get; init; }

    protected override string Summary => $"callbacks {Path}";

    public override async Task<JsonNode?> PlayAsync(Replay replay)
    {
        var app = replay.App(Sidecar);
        if (Drain)
        {
            foreach (var call in app.Calls) call.IsTaken = true;
            return null;
        }
        var calls = await TakeAsync(app, Path is null ? null : replay.Placeholders.Fill(Path));
        if (Tally) return new JsonObject { ["tally"] = new JsonObject { ["calls"] = calls.Count }, ["tolerance"] = Tolerance };
        return replay.Placeholders.Blank(new JsonArray([.. calls.Select((call, i) => Recorded(call, i == 0 ? null : calls[i - 1]))]));
    }

    private async Task<List<AppCall>> TakeAsync(ScriptedApp app, string? path)
    {
        bool IsMine(AppCall call) => !call.IsTaken && (path is null || call.Path == path) && (call.Path != Probe || path == Probe || Probes);
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began).TotalMilliseconds < Within && (Quiet || app.Calls.Count(IsMine) < Count)) await Task.Delay(betweenLooks);
        if (!Quiet) await Task.Delay(Settle);
        var calls = app.Calls.Where(IsMine).ToList();
        foreach (var call in calls) call.IsTaken = true;
        return calls;
    }

    private JsonObject Recorded(AppCall call, AppCall? before)
    {
        var recorded = new JsonObject { ["method"] = call.Method, ["path"] = call.Target };
        if (!Brief) recorded["headers"] = RecordedHeaders.OfCall(call.Headers);
        if ((Raw ? JsonValue.Create(call.Text) : call.RecordedBody) is { } body) recorded["body"] = body;
        if (Timed && before is not null) call.Began.Record(before.Began, recorded, "gapMs");
        if (Brief) return recorded;
        if (Absent is not null) recorded["absent"] = RecordedAnswer.Absent(Absent, call.Headers);
        if (Abandoned) recorded["abandoned"] = call.IsAbandoned;
        if (call.IsBroken) recorded["broken"] = true;
        if (Arrival) call.Ended.Record(call.Began, (JsonObject)(recorded["arrival"] = new JsonObject()), "ms");
        if (Framing) recorded["framing"] = RecordedHeaders.Framing(call.Headers);
        return recorded;
    }
}
