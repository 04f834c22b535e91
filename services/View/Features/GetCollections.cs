using Resort.View.Projections;

namespace Resort.View.Features;

/// <summary><c>GET /reservations</c>, <c>/payments</c>, <c>/issueds</c>: what the owners keep one by one, as collections.</summary>
public static class GetCollections
{
    private static readonly RowCollection<ReservationItem> reservations = new("reservations", row => true, ReservationItem.Of,
        ["reservationid", "reservationstatus", "resort", "region", "date", "nights", "rooms", "persons", "name", "phone", "paymenttype", "cost"]);

    private static readonly RowCollection<PaymentItem> payments = new("payments", row => row.PaymentId != null && row.PaymentStatus != null, PaymentItem.Of,
        ["paymentid", "reservationid", "paymentstatus", "paymenttype", "cost"]);

    private static readonly RowCollection<IssuedItem> issueds = new("issueds", row => row.IssuedId != null && row.IssueStatus != null, IssuedItem.Of,
        ["issuedid", "reservationid", "issuestatus", "ticketnumber", "resort", "date", "nights", "rooms", "persons", "name"]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, reservations);
        Map(routes, payments);
        Map(routes, issueds);
    }

    private static void Map<T>(IEndpointRouteBuilder routes, RowCollection<T> collection) =>
        routes.MapGet($"/{collection.Name}", (HttpRequest request, ViewReader views) => collection.Answer(request, views));
}
