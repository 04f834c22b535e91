namespace Resort.Tests.Harness.Servers;

/// <summary>What one started system has of a component set's servers for itself: no other system sees its messages and its data.</summary>
public interface ISystemSpace : IAsyncDisposable
{
    /// <summary>The variables by which the system's components find it.</summary>
    IReadOnlyDictionary<string, string> Environment { get; }
}
