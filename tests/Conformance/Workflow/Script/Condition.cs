using System.Text.Json.Serialization;

namespace Resort.Tests.Conformance.Workflow.Script;

/// <summary>What must have happened in a workflow; all parts must hold.</summary>
internal sealed record Condition
{
    /// <summary>Activities that were answered, by id; <see cref="Child"/> and <see cref="Timer"/> likewise.</summary>
    [JsonConverter(typeof(OneOrMore<int>))]
    public IReadOnlyList<int> Task { get; init; } = [];

    [JsonConverter(typeof(OneOrMore<int>))]
    public IReadOnlyList<int> Child { get; init; } = [];

    [JsonConverter(typeof(OneOrMore<int>))]
    public IReadOnlyList<int> Timer { get; init; } = [];

    /// <summary>Activities or children that succeeded; <see cref="Failed"/> that failed.</summary>
    [JsonConverter(typeof(OneOrMore<int>))]
    public IReadOnlyList<int> Ok { get; init; } = [];

    [JsonConverter(typeof(OneOrMore<int>))]
    public IReadOnlyList<int> Failed { get; init; } = [];

    /// <summary>An event that was raised.</summary>
    public string? Event { get; init; }

    /// <summary>Events by name, and how often each was raised at least.</summary>
    public IReadOnlyDictionary<string, int> Events { get; init; } = new Dictionary<string, int>();
    public string? Input { get; init; }

    /// <summary>At least so many turns have begun.</summary>
    public int Turn { get; init; }
    public bool? Suspended { get; init; }
    public IReadOnlyList<Condition>? Any { get; init; }
    public Condition? Not { get; init; }

    public bool Holds(TurnHistory past) =>
        Task.All(id => past.Activity(id) is not null)
        && Child.All(id => past.Child(id) is not null)
        && Timer.All(past.Fired)
        && Ok.All(id => Answer(past, id) is { Succeeded: true })
        && Failed.All(id => Answer(past, id) is { Succeeded: false })
        && (Event is null || past.Raised(Event).Count > 0)
        && Events.All(wanted => past.Raised(wanted.Key).Count >= wanted.Value)
        && (Input is null || past.Input == Input)
        && past.Turns >= Turn
        && (Suspended is null || past.IsSuspended == Suspended)
        && (Any is null || Any.Any(other => other.Holds(past)))
        && Not?.Holds(past) != true;

    private static TurnHistory.Answer? Answer(TurnHistory past, int id) => past.Activity(id) ?? past.Child(id);
}
