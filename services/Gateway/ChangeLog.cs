using Resort.Defaults;

namespace Resort.Gateway;

/// <summary>A line for each request that wants to change something, where it came in; questions are too many, and leave nothing behind.</summary>
internal static partial class ChangeLog
{
    public static void UseChangeLog(this WebApplication app) => app.Use(async (context, next) =>
    {
        await next(context);
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            Answered(app.Logger, request.Method, request.Path, context.Response.StatusCode, CorrelationId.Of(context));
    });

    [LoggerMessage(6001, LogLevel.Information, "{Method} {Path} was answered with {Status} ({CorrelationId})")]
    private static partial void Answered(ILogger logger, string method, string path, int status, string correlationId);
}
