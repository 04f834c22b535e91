using Microsoft.Extensions.DependencyInjection;

namespace Dapr.Common;

/// <summary>What is configured after a part of the SDK was added to an application.</summary>
public interface IDaprServiceBuilder
{
    /// <summary>The application's services.</summary>
    IServiceCollection Services { get; }
}
