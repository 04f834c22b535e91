namespace Resort.Contracts.Events;

public sealed record TicketIssued : ResortEvent, IPublished
{
    public static string Topic => Topics.TicketIssued;
    public required string IssuedId { get; init; }
    public required string TicketNumber { get; init; }
    public required Stay Stay { get; init; }
}

public sealed record TicketCheckedIn : ResortEvent, IPublished
{
    public static string Topic => Topics.TicketCheckedIn;
    public required string IssuedId { get; init; }
    public required string TicketNumber { get; init; }
    public required Stay Stay { get; init; }
}

public sealed record TicketCancelled : ResortEvent, IPublished
{
    public static string Topic => Topics.TicketCancelled;
    public required string IssuedId { get; init; }
}
