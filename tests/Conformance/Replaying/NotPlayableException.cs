namespace Resort.Tests.Conformance.Replaying;

/// <summary>A sidecar refused to start, or never became ready, so that a scenario cannot be played.</summary>
internal sealed class NotPlayableException(string message) : Exception(message);
