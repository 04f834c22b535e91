using System.Text.Json.Serialization;
using Resort.Defaults;

namespace Resort.Points.Features;

/// <summary>The points of a guest.</summary>
public sealed record PointsResource([property: JsonPropertyName("phoneNumber")] string PhoneNumber, long Balance)
{
    [JsonPropertyName("_links")]
    public Links Links { get; } = Links.Self(FindPoints.Path(PhoneNumber)).With("pointHistories", FindPointHistories.Path(PhoneNumber), when: true);
}

/// <summary><c>GET /points/search/findByPhoneNumber?phoneNumber=</c></summary>
public static class FindPoints
{
    public static string Path(string phoneNumber) => $"/points/search/findByPhoneNumber?phoneNumber={Uri.EscapeDataString(phoneNumber)}";

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/points/search/findByPhoneNumber", HandleAsync)
        .WithSummary("The points of a guest").AsksQuery("phoneNumber", "As it was given when booking.", required: true)
        .Answers<PointsResource>(StatusCodes.Status200OK).Refuses(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(string? phoneNumber, PointsStore store, CancellationToken cancel)
    {
        var errors = new Dictionary<string, string[]>();
        var phone = PhoneNumber.Read(phoneNumber, errors);
        if (errors.Count > 0)
            return Problems.Invalid(StatusCodes.Status422UnprocessableEntity, errors);
        return await store.FindAsync(phone, cancel) is { } account
            ? Hal.Json(new PointsResource(account.Phone, account.Balance))
            : Problems.NotFound("points account");
    }
}
