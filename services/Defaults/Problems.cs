using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Resort.Defaults;

/// <summary>Every error is an <c>application/problem+json</c> answer with the correlation id.</summary>
public static class Problems
{
    internal static void AddProblemAnswers(this IServiceCollection services)
    {
        // before AddProblemDetails: the first writer that can, writes, and ours does not depend on the Accept header
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();
        services.AddExceptionHandler<FaultHandler>();
        services.Configure<Microsoft.AspNetCore.Routing.RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
    }

    public static ProblemHttpResult Problem(int status, string type, string detail) =>
        TypedResults.Problem(statusCode: status, type: $"urn:resort:{type}", detail: detail);

    /// <summary>Names each field that was wrong.</summary>
    public static ProblemHttpResult Invalid(int status, IDictionary<string, string[]> errors, IDictionary<string, object?>? more = null)
    {
        var extensions = new Dictionary<string, object?>(more ?? new Dictionary<string, object?>()) { ["errors"] = errors };
        return TypedResults.Problem(statusCode: status, type: "urn:resort:invalid", title: "The request is not valid.",
            detail: string.Join(' ', errors.Select(e => $"{e.Key}: {string.Join(' ', e.Value)}")), extensions: extensions);
    }

    /// <summary>Nothing by that id: also the answer to an id that is none.</summary>
    public static ProblemHttpResult NotFound(string what) => Problem(StatusCodes.Status404NotFound, "not_found", $"There is no such {what}.");

    /// <summary><c>If-Match</c> names another version than the present one.</summary>
    public static ProblemHttpResult NotAsRead() => Problem(StatusCodes.Status412PreconditionFailed, "changed", "It is not as it was when it was read.");

    internal static Task WriteStatusAsync(StatusCodeContext context)
    {
        var (request, status) = (context.HttpContext.Request, context.HttpContext.Response.StatusCode);
        return Status(status, $"{request.Method} {request.Path} cannot be served.").ExecuteAsync(context.HttpContext);
    }

    /// <summary>What can be said of a status alone.</summary>
    internal static ProblemHttpResult Status(int status, string otherwise) => TypedResults.Problem(statusCode: status, detail: status switch
    {
        StatusCodes.Status401Unauthorized => "Only the sidecar of this service may call it.",
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address does not know this method.",
        StatusCodes.Status413PayloadTooLarge => "The body is too large.",
        StatusCodes.Status415UnsupportedMediaType => "The body must be application/json in UTF-8, not packed.",
        _ => otherwise,
    });

    private sealed class ProblemWriter : IProblemDetailsWriter
    {
        public bool CanWrite(ProblemDetailsContext context) => true;

        public ValueTask WriteAsync(ProblemDetailsContext context)
        {
            context.ProblemDetails.Extensions["correlationid"] = CorrelationId.Of(context.HttpContext);
            var response = context.HttpContext.Response;
            return new(response.WriteAsJsonAsync(context.ProblemDetails, typeof(ProblemDetails), options: null, "application/problem+json"));
        }
    }
}
