namespace Dapr.Common;

/// <summary>What every client of one Dapr building block has in common: it holds connections until it is disposed.</summary>
public interface IDaprClient : IDisposable;
