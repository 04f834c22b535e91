using Resort.Reservation.Domain;

namespace Resort.Reservation.Features;

/// <summary>A night whose rooms staff may look at and change: one that can be booked.</summary>
internal static class AllotmentDay
{
    /// <summary>What is wrong goes to <paramref name="errors"/>, under the name of the field.</summary>
    public static DateOnly Read(string? text, string field, TimeProvider clock, Dictionary<string, string[]> errors)
    {
        var today = Calendar.Today(clock);
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) || day < today || day > today.AddDays(Calendar.DaysAhead))
            errors[field] = [$"must be a day as yyyy-MM-dd, from today to {Calendar.DaysAhead} days ahead."];
        return day;
    }
}
