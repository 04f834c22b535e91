using System.Text.Json.Serialization;
using Resort.Contracts;
using Resort.Defaults;
using Resort.Issue.Domain;

namespace Resort.Issue.Features;

/// <summary>A ticket as customers see it.</summary>
public sealed record IssuedResource(
    string IssuedId, string ReservationId, IssueStatus IssueStatus, string TicketNumber,
    string Resort, DateOnly Date, int Nights, int Rooms, int Persons, string Name)
{
    [JsonPropertyName("_links")]
    public Links Links { get; } = OwnerLinks.Ticket(IssuedId, ReservationId, IssueStatus);

    public static IssuedResource Of(Ticket ticket, Stay stay) => new(
        ticket.IssuedId, ticket.ReservationId, ticket.Status, ticket.TicketNumber!,
        stay.Resort, stay.Date, stay.Nights, stay.Rooms, stay.Persons, stay.Name);
}

/// <summary><c>GET /issueds/{issuedid}</c>. A tombstone is no ticket.</summary>
public static class GetIssued
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/issueds/{issuedid:guid}", HandleAsync)
        .WithSummary("A ticket").AnswersResource<IssuedResource>().Refuses(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid issuedid, TicketOffice office, CancellationToken cancel) =>
        await office.FindAsync(issuedid.ToString(), cancel) is { Stay: { } stay } ticket
            ? Hal.Resource(IssuedResource.Of(ticket, stay))
            : Problems.NotFound("ticket");
}
