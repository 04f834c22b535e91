namespace Resort.Tests.EndToEnd;

/// <summary>Time limits that a machine keeps which starts a dozen processes at the same time.</summary>
internal sealed class PatientCalls() : ChangedPolicies(("payment: 610ms", "payment: 20s"), ("step: 2s", "step: 20s"));
