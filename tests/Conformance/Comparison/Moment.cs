using System.Text.Json.Nodes;

namespace Resort.Tests.Conformance.Comparison;

/// <summary>A point in time from which to which times are measured; each measured time comes with the lag of the machine within it.</summary>
internal readonly record struct Moment(long Timestamp, TimeSpan Lag)
{
    /// <summary>The field that holds the lag beside a measured time.</summary>
    public const string LagField = "lagMs";

    public static Moment Now => new(TimeProvider.System.GetTimestamp(), MachineLag.Total);

    /// <summary>Records the time since another moment.</summary>
    public void Record(Moment since, JsonObject recorded, string field)
    {
        recorded[field] = (int)TimeProvider.System.GetElapsedTime(since.Timestamp, Timestamp).TotalMilliseconds;
        recorded[LagField] = (int)(Lag - since.Lag).TotalMilliseconds;
    }
}
