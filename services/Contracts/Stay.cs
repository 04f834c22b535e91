namespace Resort.Contracts;

/// <summary>Where, when and for whom: travels in events, so that no subscriber has to call back.</summary>
public sealed record Stay
{
    public required string ResortId { get; init; }
    public required string Resort { get; init; }
    public required string Region { get; init; }
    public required DateOnly Date { get; init; }
    public required int Nights { get; init; }
    public required int Rooms { get; init; }
    public required int Persons { get; init; }
    public required string Name { get; init; }
    public required string Phone { get; init; }
    public string? Email { get; init; }
    public string? Needs { get; init; }

    /// <summary>How often the guest has changed contact or needs since the reservation was made. Of two versions the higher one counts, in whatever order they come.</summary>
    public int? Revision { get; init; }
}
