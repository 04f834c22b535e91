using Resort.Contracts;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms;

namespace Resort.Gateway;

/// <summary>
/// What exists for the outside; every other path of the services is internal. Each part of a path is held to its form, because
/// Dapr decodes and cleans paths: <c>/views/..%2Fdapr%2Fsubscribe</c> would arrive as <c>/dapr/subscribe</c>.
/// </summary>
internal static class PublicRoutes
{
    public const string AppId = "app-id";

    public static IReadOnlyList<RouteConfig> All { get; } =
    [
        To(Apps.Reservation, "/reservations", "POST"),
        To(Apps.Reservation, "/reservations/{id:guid}", "GET", "PATCH", "DELETE"),
        To(Apps.Reservation, "/reservations/{id:guid}/deposit", "POST"),
        To(Apps.Reservation, "/resorts", "GET"),
        To(Apps.Reservation, "/resorts/{id:slug}", "GET", "PUT"),
        To(Apps.Reservation, "/resorts/{id:slug}/availability", "GET"),
        To(Apps.Reservation, "/resorts/{id:slug}/allotments", "GET"),
        To(Apps.Reservation, "/resorts/{id:slug}/allotments/{date:slug}", "GET", "PUT"),
        To(Apps.Payment, "/payments/{id:guid}", "GET"),
        To(Apps.Issue, "/issueds/{id:guid}", "GET"),
        To(Apps.Issue, "/issueds/{id:guid}/check-in", "POST"),
        To(Apps.Points, "/points/search/findByPhoneNumber", "GET"),
        To(Apps.Points, "/pointHistories/search/findByPhoneNumberOrderByCreateTime", "GET"),
        // one by one from who owns them, as collections from the read model
        To(Apps.View, "/reservations", "GET"),
        To(Apps.View, "/payments", "GET"),
        To(Apps.View, "/issueds", "GET"),
        To(Apps.View, "/views", "GET"),
        To(Apps.View, "/views/{id:guid}", "GET"),
        To(Apps.View, "/views/rebuild", "POST"),
        To(Apps.View, "/views/stream", "GET").WithTransformRequestHeader("Accept", Sidecar.EventStream, append: false),
        To(Apps.View, "/views/search", "GET"),
        To(Apps.View, "/views/search/findByReservationid", "GET"),
        To(Apps.View, "/views/search/findByPhone", "GET"),
        To(Apps.View, "/views/search/findByReservationstatus", "GET"),
        To(Apps.View, "/views/search/findByTicketnumber", "GET"),
        To(Apps.View, "/dead-letters", "GET"),
        To(Apps.View, "/dead-letters/{id:guid}", "GET"),
        To(Apps.View, "/dead-letters/{id:guid}/replay", "POST"),
        To(Apps.View, "/", "GET").WithTransformPathSet("/web"), // Dapr has no name for an empty path
        To(Apps.View, "/web/{file:asset}", "GET"),
        To(Apps.View, "/web/{folder:slug}/{file:asset}", "GET"),
        To(Apps.Notification, "/notifications", "GET"),
    ];

    private static RouteConfig To(string app, string path, params string[] methods) => new()
    {
        RouteId = $"{string.Join(',', methods)} {path}",
        ClusterId = Sidecar.Cluster,
        Match = new() { Path = path, Methods = methods },
        Metadata = new Dictionary<string, string> { [AppId] = app },
    };
}
