using System.Globalization;

namespace Resort.Sidecar.State;

/// <summary>How a store reads <c>ttlInSeconds</c>: whether it refuses numbers below -1, and how its error texts begin.</summary>
internal sealed record TtlRule(bool RefusesBelowMinusOne, string ErrorPrefix)
{
    /// <summary>What counts where an item says nothing.</summary>
    public string? Default { get; init; }

    /// <summary>Whether nothing is said about an expiry.</summary>
    public bool IsSilent(string? seconds) => string.IsNullOrEmpty(seconds) && Default is null;

    /// <summary>When an entry expires, in whole seconds; null for never, which an empty text, 0 and -1 mean.</summary>
    public (DateTimeOffset? ExpiresAt, StateRefusal? Refusal) Read(string? seconds, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(seconds)) seconds = Default;
        if (seconds is null) return (null, null);
        if (!long.TryParse(seconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ttl))
            return (null, new StateRefusal($"{ErrorPrefix}strconv.ParseInt: parsing \"{seconds}\": invalid syntax"));
        if (ttl < -1 && RefusesBelowMinusOne) return (null, new StateRefusal($"{ErrorPrefix}must be -1 or greater"));
        if (ttl <= 0) return (null, null);
        var second = (now.ToUnixTimeMilliseconds() + 999) / 1000; // never a part of a second too early
        return (ttl > DateTimeOffset.MaxValue.ToUnixTimeSeconds() - second ? null : DateTimeOffset.FromUnixTimeSeconds(second + ttl), null);
    }
}
