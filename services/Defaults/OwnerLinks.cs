using Resort.Contracts;
using Resort.Defaults.Domain;

namespace Resort.Defaults;

/// <summary>The links of reservations, payments and tickets, the same from the owner and in a collection: a move is offered exactly when its table allows it.</summary>
public static class OwnerLinks
{
    public static Links Reservation(string id, string? resortId, ReservationStatus status, string? paymentId, string? issuedId, bool awaitsDeposit)
    {
        var self = $"/reservations/{id}";
        var mayBeCancelled = StatusTables.Reservation.Allows(status, ReservationStatus.Cancelling);
        return Links.Self(self)
            .With("resort", $"/resorts/{resortId}", when: resortId is not null)
            .With("view", $"/views/{id}", when: true)
            .With("payment", $"/payments/{paymentId}", when: paymentId is not null)
            .With("ticket", $"/issueds/{issuedId}", when: issuedId is not null)
            .With("deposit", $"{self}/deposit", when: awaitsDeposit, method: "POST")
            .With("change", self, when: mayBeCancelled, method: "PATCH")
            .With("cancel", self, when: mayBeCancelled, method: "DELETE");
    }

    public static Links Payment(string id, string reservationId) =>
        Links.Self($"/payments/{id}").With("reservation", $"/reservations/{reservationId}", when: true);

    public static Links Ticket(string id, string reservationId, IssueStatus status) => Links.Self($"/issueds/{id}")
        .With("reservation", $"/reservations/{reservationId}", when: true)
        .With("check-in", $"/issueds/{id}/check-in", when: StatusTables.Ticket.Allows(status, IssueStatus.CheckedIn), method: "POST");
}
