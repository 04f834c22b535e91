using System.Data.Common;
using System.Text.Json;
using Dapr;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace Resort.Defaults;

/// <summary>Turns what was thrown into an answer: the caller's mistake, a neighbour that is down, or our own fault.</summary>
internal sealed partial class FaultHandler(ILogger<FaultHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }
        await Answer(context, exception).ExecuteAsync(context);
        return true;
    }

    private ProblemHttpResult Answer(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException bad:
                return BadRequest(bad);
            case DaprException or HttpRequestException or TimeoutException or OperationCanceledException or DbException { IsTransient: true }:
                Unavailable(logger, context.Request.Method, context.Request.Path, CorrelationId.Of(context), exception.Message);
                context.Response.Headers.RetryAfter = "1";
                return Problems.Problem(StatusCodes.Status503ServiceUnavailable, "unavailable", "Something that this needs does not answer. Please try again.");
            default:
                Failed(logger, exception, context.Request.Method, context.Request.Path, CorrelationId.Of(context));
                return TypedResults.Problem(statusCode: StatusCodes.Status500InternalServerError);
        }
    }

    private static ProblemHttpResult BadRequest(BadHttpRequestException bad)
    {
        if (bad.StatusCode != StatusCodes.Status400BadRequest)
            return Problems.Status(bad.StatusCode, bad.Message);
        var field = (bad.InnerException as JsonException)?.Path?.TrimStart('$', '.');
        return Problems.Invalid(bad.StatusCode, string.IsNullOrEmpty(field)
            ? new Dictionary<string, string[]> { ["body"] = ["is not a JSON object of the expected form."] }
            : new Dictionary<string, string[]> { [field] = ["cannot be read: broken JSON or a value of the wrong type."] });
    }

    [LoggerMessage(100, LogLevel.Warning, "{Method} {Path} ({CorrelationId}) could not be served: {Reason}")]
    private static partial void Unavailable(ILogger logger, string method, string path, string correlationId, string reason);

    [LoggerMessage(101, LogLevel.Error, "{Method} {Path} ({CorrelationId}) failed")]
    private static partial void Failed(ILogger logger, Exception exception, string method, string path, string correlationId);
}
