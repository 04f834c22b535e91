namespace Resort.Defaults.Domain;

/// <summary>When a status was reached. Events carry this time, so that one published again is the same event.</summary>
public sealed record Move<TStatus>(TStatus Status, DateTimeOffset At) where TStatus : struct, Enum;
