using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Resort.Defaults;

/// <summary>Bodies are UTF-8 and not packed; that they are JSON is seen to by model binding, which trips over anything else.</summary>
internal static class MediaTypes
{
    public static void UseMediaTypes(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (IsPlain(context.Request))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return Task.CompletedTask;
    });

    private static bool IsPlain(HttpRequest request) =>
        (request.Headers.ContentEncoding.Count == 0 || request.Headers.ContentEncoding == "identity")
        && (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.Charset.HasValue || IsUtf8(type.Charset));

    private static bool IsUtf8(StringSegment charset) => HeaderUtilities.RemoveQuotes(charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
