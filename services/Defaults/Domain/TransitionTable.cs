namespace Resort.Defaults.Domain;

/// <summary>The legal moves of one aggregate: guards, links and tests read the same table.</summary>
public sealed class TransitionTable<TStatus>(params (TStatus From, TStatus[] To)[] moves)
    where TStatus : struct, Enum
{
    private readonly Dictionary<TStatus, TStatus[]> moves = moves.ToDictionary(move => move.From, move => move.To);

    public IReadOnlyList<TStatus> From(TStatus status) => moves.GetValueOrDefault(status, []);

    public bool Allows(TStatus from, TStatus to) => From(from).Contains(to);
}
