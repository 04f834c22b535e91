using System.Text.Json.Serialization;
using Resort.Contracts;
using Resort.Defaults;
using Resort.Points.Domain;

namespace Resort.Points.Features;

/// <summary>One line of a guest's ledger; the balance is the one afterwards.</summary>
public sealed record PointHistoryResource(
    string EventId, string ReservationId, PointsType Type, long Delta, long Balance,
    [property: JsonPropertyName("createTime")] DateTimeOffset CreateTime)
{
    [JsonPropertyName("_links")]
    public Links Links { get; } = new Links().With("reservation", $"/reservations/{ReservationId}", when: true);

    public static PointHistoryResource Of(LedgerEntry entry) =>
        new(entry.EventId, entry.ReservationId, entry.Type, entry.Delta, entry.Balance, entry.CreateTime);
}

/// <summary><c>GET /pointHistories/search/findByPhoneNumberOrderByCreateTime?phoneNumber=</c>, oldest first.</summary>
public static class FindPointHistories
{
    private const string Route = "/pointHistories/search/findByPhoneNumberOrderByCreateTime";

    public static string Path(string phoneNumber) => $"{Route}?phoneNumber={Uri.EscapeDataString(phoneNumber)}";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Route, HandleAsync)
        .WithSummary("The ledger of a guest's points, oldest first").AsksQuery("phoneNumber", "As it was given when booking.", required: true)
        .AnswersPage<PointHistoryResource>();

    private static async Task<IResult> HandleAsync(
        HttpRequest request, string? phoneNumber, string? page, string? size, PointsStore store, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        var phone = PhoneNumber.Read(phoneNumber, errors);
        var paging = Paging.Read(page, size, errors);
        if (errors.Count > 0)
            return Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors);
        var account = await store.FindAsync(phone, cancel) ?? Account.Open(phone);
        var entries = await store.LedgerAsync(account, paging.Skip, paging.Size, cancel);
        return Hal.Page(
            request, "pointHistories", entries.Select(PointHistoryResource.Of), paging.Of(account.Entries), more: ("points", FindPoints.Path(phone)));
    }
}
