using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Resort.Tests.Conformance.Workflow.Wire;

/// <summary>Times as texts with as many digits as they need: <c>2026-01-01T00:00:00.123456789Z</c>.</summary>
internal static class RecordedTime
{
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss";

    public static string ToRecordedText(this Timestamp time)
    {
        if (time.Seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds() || time.Seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()) return $"{time.Seconds}s"; // no date has it
        var fraction = time.Nanos == 0 ? "" : "." + time.Nanos.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return DateTimeOffset.FromUnixTimeSeconds(time.Seconds).ToString(Seconds, CultureInfo.InvariantCulture) + fraction + "Z";
    }

    public static Timestamp Parse(string text)
    {
        var (whole, fraction) = text.TrimEnd('Z').Split('.') is [var seconds, var digits] ? (seconds, digits) : (text.TrimEnd('Z'), "");
        var time = DateTimeOffset.ParseExact(whole, Seconds, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return new Timestamp { Seconds = time.ToUnixTimeSeconds(), Nanos = int.Parse(fraction.PadRight(9, '0'), CultureInfo.InvariantCulture) };
    }
}
