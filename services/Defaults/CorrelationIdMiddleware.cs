using Microsoft.AspNetCore.Http;

namespace Resort.Defaults;

/// <summary>Gives every request a correlation id, takes over a sensible one of the caller, and echoes it.</summary>
public sealed class CorrelationIdMiddleware(RequestDelegate next, TimeProvider clock)
{
    public Task InvokeAsync(HttpContext context)
    {
        var id = context.Request.Headers[CorrelationId.Header].ToString();
        if (!CorrelationId.IsSensible(id))
            context.Request.Headers[CorrelationId.Header] = id = Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        // at the last moment: the exception handler clears what was set before
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[CorrelationId.Header] = id;
            return Task.CompletedTask;
        });
        return next(context);
    }
}

public static class CorrelationId
{
    public const string Header = "x-correlation-id";

    public static string Of(HttpContext context) => context.Request.Headers[Header].ToString();

    // It goes into logs, headers and events, so it must not carry anything else there.
    internal static bool IsSensible(string id) =>
        id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
