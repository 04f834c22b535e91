using Dapr;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts Dapr's middleware into the pipeline.</summary>
public static class DaprApplicationBuilderExtensions
{
    /// <summary>Unwraps CloudEvents, so that an endpoint reads an event's data as an ordinary body.</summary>
    public static IApplicationBuilder UseCloudEvents(this IApplicationBuilder builder) => builder.UseCloudEvents(new CloudEventsMiddlewareOptions());

    /// <summary>Unwraps CloudEvents, so that an endpoint reads an event's data as an ordinary body.</summary>
    public static IApplicationBuilder UseCloudEvents(this IApplicationBuilder builder, CloudEventsMiddlewareOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseMiddleware<CloudEventsMiddleware>(options);
    }
}
