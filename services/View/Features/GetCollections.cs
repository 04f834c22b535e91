using Resort.Defaults;
using Resort.View.Projections;

namespace Resort.View.Features;

/// <summary><c>GET /reservations</c>, <c>/payments</c>, <c>/issueds</c>: what the owners keep one by one, as collections.</summary>
public static class GetCollections
{
    private static readonly RowCollection<ReservationItem> reservations = new("reservations", "TRUE", ReservationItem.Of,
        ["reservationid", "reservationstatus", "resort", "region", "date", "nights", "rooms", "persons", "name", "phone", "paymenttype", "cost"]);

    private static readonly RowCollection<PaymentItem> payments = new("payments", "PaymentId IS NOT NULL AND PaymentStatus IS NOT NULL", PaymentItem.Of,
        ["paymentid", "reservationid", "paymentstatus", "paymenttype", "cost"]);

    private static readonly RowCollection<IssuedItem> issueds = new("issueds", "IssuedId IS NOT NULL AND IssueStatus IS NOT NULL", IssuedItem.Of,
        ["issuedid", "reservationid", "issuestatus", "ticketnumber", "resort", "date", "nights", "rooms", "persons", "name"]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, reservations);
        Map(routes, payments);
        Map(routes, issueds);
    }

    private static void Map<T>(IEndpointRouteBuilder routes, RowCollection<T> collection) =>
        routes.MapGet($"/{collection.Name}", (HttpRequest request, ViewQueries views) => collection.AnswerAsync(request, views))
            .WithSummary($"All {collection.Name}, from the read model").AnswersPage<T>(collection.SortFields);
}
