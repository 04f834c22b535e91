using System.Globalization;

namespace Resort.View.Database;

/// <summary>Times and days as texts that sort as they do, in every database alike: PostgreSQL's own times are coarser than what events tell.</summary>
internal static class Times
{
    private const string Time = "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz";
    private const string Day = "yyyy-MM-dd";

    public static string? Text(DateTimeOffset? time) => time?.ToUniversalTime().ToString(Time, CultureInfo.InvariantCulture);

    public static string? Text(DateOnly? day) => day?.ToString(Day, CultureInfo.InvariantCulture);

    public static DateTimeOffset? ReadTime(string? text) => text is null ? null : DateTimeOffset.ParseExact(text, Time, CultureInfo.InvariantCulture);

    public static DateOnly? ReadDay(string? text) => text is null ? null : DateOnly.ParseExact(text, Day, CultureInfo.InvariantCulture);
}
