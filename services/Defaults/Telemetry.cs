using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Resort.Defaults;

/// <summary>
/// Spans and metrics by OTLP, once <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to; without it nothing is recorded. What is recorded is what the
/// frameworks and we ourselves tell of; the exporter reads the other variables of OpenTelemetry by itself.
/// </summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[Endpoint]))
            return;
        var resource = ResourceBuilder.CreateDefault().AddService(builder.Configuration["APP_ID"] ?? builder.Environment.ApplicationName).AddEnvironmentVariableDetector();
        builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", "System.Net.Http", "Dapr.*", "Resort.*").AddOtlpExporter().Build());
        builder.Services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.RateLimiting", "System.Net.Http", "System.Runtime", "Resort.*").AddOtlpExporter().Build());
    }

    /// <summary>Begins to record; the container ends it, and sends what is left.</summary>
    public static void UseTelemetry(this WebApplication app)
    {
        if (app.Services.GetService<TracerProvider>() is null)
            return;
        app.Services.GetRequiredService<MeterProvider>();
        app.Use(DescribeAsync);
    }

    // The framework's span of a request has neither name nor attributes of its own
    private static async Task DescribeAsync(HttpContext context, RequestDelegate next)
    {
        var span = Activity.Current;
        if (span is not null && context.Request.Path.StartsWithSegments("/health"))
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded; // every second
        await next(context);
        if (span is not { IsAllDataRequested: true })
            return;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = $"{context.Request.Method} {route}".TrimEnd();
        span.SetTag("http.request.method", context.Request.Method).SetTag("http.route", route).SetTag("url.path", context.Request.Path.Value)
            .SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            span.SetStatus(ActivityStatusCode.Error);
    }
}
