namespace Resort.Contracts;

/// <summary>The Dapr app ids; the same words stand in dapr.yaml and in the scopes of components.</summary>
public static class Apps
{
    public const string Gateway = "gateway";
    public const string Reservation = "reservation";
    public const string Payment = "payment";
    public const string Issue = "issue";
    public const string View = "view";
    public const string Points = "points";
    public const string Notification = "notification";

    public static IReadOnlyList<string> All { get; } = [Gateway, Reservation, Payment, Issue, View, Points, Notification];
}
