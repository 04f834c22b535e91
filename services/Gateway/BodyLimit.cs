namespace Resort.Gateway;

/// <summary>A body over the limit is refused: at once when it says how long it is, otherwise when it turns out to be.</summary>
internal static class BodyLimit
{
    private const long Bytes = 64 * 1024;

    public static void LimitBodies(this WebApplicationBuilder builder) =>
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = Bytes);

    public static void UseBodyLimit(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.ContentLength is not > Bytes)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return Task.CompletedTask;
    });
}
