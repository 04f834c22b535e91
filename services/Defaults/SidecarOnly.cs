using System.Security.Cryptography;
using System.Text;
using Dapr;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Resort.Defaults;

/// <summary>
/// Lets nobody past the service's own sidecar when <c>APP_API_TOKEN</c> is set: it sends the token with each call but health probes.
/// Dapr's authentication scheme would do the same, but brings ASP.NET's key files with it, which a read-only container cannot write.
/// </summary>
public static class SidecarOnly
{
    private const string TokenHeader = "dapr-api-token";

    public static WebApplication UseSidecarOnly(this WebApplication app)
    {
        if (DaprDefaults.GetDefaultAppApiToken(app.Services.GetRequiredService<IConfiguration>()) is not { Length: > 0 } text)
            return app;
        var token = Encoding.UTF8.GetBytes(text);
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/health") || IsSidecar(context.Request, token))
                return next(context);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        });
        return app;
    }

    private static bool IsSidecar(HttpRequest request, byte[] token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers[TokenHeader].ToString()), token);
}
