using Resort.Points.Domain;

namespace Resort.Points.Features;

/// <summary>The parameter of the searches.</summary>
internal static class PhoneNumber
{
    private const int Longest = 19; // as long as a booking takes one

    /// <summary>What is wrong goes to <paramref name="errors"/>.</summary>
    public static string Read(string? phoneNumber, Dictionary<string, string[]> errors)
    {
        if (string.IsNullOrEmpty(phoneNumber))
            errors["phoneNumber"] = ["is missing."];
        else if (phoneNumber.Length > Longest || Account.Id(phoneNumber).Length == 0)
            errors["phoneNumber"] = ["is no phone number."];
        return phoneNumber ?? "";
    }
}
