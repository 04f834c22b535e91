using System.Globalization;

namespace Resort.Tests.EndToEnd;

/// <summary>A policy for deliveries that gives up within a second instead of a minute and a half.</summary>
internal sealed class QuickDeliveries() : ChangedPolicies(
    ("maxInterval: 10s", "maxInterval: 50ms"), ("maxRetries: 15", string.Create(CultureInfo.InvariantCulture, $"maxRetries: {Attempts - 1}")))
{
    public const int Attempts = 4;
}
