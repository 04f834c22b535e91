using Dapr;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Resort.Defaults;

/// <summary>What all services have in common, in two halves: what is added and what is mapped.</summary>
public static class ServiceDefaults
{
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.ListenOnAppPort();
        builder.AddQuietLogging();
        builder.AddTelemetry();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddDaprClient(dapr => dapr.UseJsonSerializationOptions(WireJson.Options));
        builder.Services.AddSingleton(services => new BulkPublisher(SidecarClient(services.GetRequiredService<IConfiguration>())));
        builder.Services.AddSingleton<EventPublisher>();
        builder.Services.AddSingleton<DeliveryFailures>();
        builder.Services.ConfigureHttpJsonOptions(json => WireJson.Apply(json.SerializerOptions));
        builder.Services.AddProblemAnswers();
        builder.Services.AddApiDescription();
        builder.AddHealth();
        return builder;
    }

    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        app.UseTelemetry();
        app.UseMiddleware<CorrelationIdMiddleware>();
        app.UseExceptionHandler();
        app.UseStatusCodePages(Problems.WriteStatusAsync);
        app.UseMediaTypes();
        app.MapHealth();
        return app;
    }

    // `dapr run` hands the port down as APP_PORT; in a cluster it is that of the image, 8080 (ASPNETCORE_HTTP_PORTS).
    private static void ListenOnAppPort(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["APP_PORT"] is { Length: > 0 } port && builder.Configuration[WebHostDefaults.ServerUrlsKey] is null)
            builder.WebHost.UseUrls($"http://localhost:{port}");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
    }

    private static HttpClient SidecarClient(IConfiguration configuration)
    {
        var client = new HttpClient { BaseAddress = new Uri(DaprDefaults.GetDefaultHttpEndpoint(configuration)), Timeout = TimeSpan.FromSeconds(30) };
        if (DaprDefaults.GetDefaultDaprApiToken(configuration) is { Length: > 0 } token)
            client.DefaultRequestHeaders.Add("dapr-api-token", token);
        return client;
    }

    // One line per business fact; the frameworks speak only when something is wrong. Logging__Console__FormatterName=json is for machines.
    private static void AddQuietLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Resort", LogLevel.Information);
        builder.Logging.AddConsole(console => console.FormatterName = builder.Configuration["Logging:Console:FormatterName"] ?? LogLine.FormatName).AddConsoleFormatter<LogLine, ConsoleFormatterOptions>();
    }
}
