using System.Data.Common;
using Resort.View.Database;
using Resort.View.DeadLetters;
using Resort.View.Features;
using Resort.View.Projections;

namespace Resort.View;

internal static partial class ViewServices
{
    private const string InDataFolder = "Data Source=view.db";

    public static void AddReadModel(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => DatabaseChoice.Of(
            builder.Configuration.GetConnectionString("View") is { Length: > 0 } configured ? configured : InDataFolder,
            builder.DataFolder(), services.GetRequiredService<Listeners>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddMetrics().AddSingleton<BookingMetrics>().AddSingleton<ViewSchema>().AddSingleton<ViewWriter>().AddSingleton<Rebuild>().AddSingleton<ViewQueries>();
        builder.Services.AddSingleton<ChangeLog>().AddSingleton<Listeners>().AddHostedService<ChangeFollower>();
        builder.Services.AddSingleton(builder.Configuration.GetSection("Stream").Get<StreamSettings>() ?? new()).AddSingleton<StreamViews>();
    }

    /// <returns>False when the database cannot be used, which is told.</returns>
    public static async Task<bool> PrepareDatabaseAsync(this WebApplication app)
    {
        try
        {
            await app.Services.GetRequiredService<ViewSchema>().PrepareAsync();
            await app.Services.GetRequiredService<DeadLetterDb>().PrepareAsync();
            return true;
        }
        catch (Exception exception) when (exception is DbException or ArgumentException or IOException)
        {
            Unusable(app.Logger, exception.InnerException is { } inner ? $"{exception.Message}: {inner.Message}" : exception.Message);
            return false;
        }
    }

    private static string DataFolder(this WebApplicationBuilder builder) =>
        Directory.CreateDirectory(builder.Configuration["DATA_DIR"] is { Length: > 0 } configured ? configured : ".data").FullName;

    [LoggerMessage(4020, LogLevel.Critical, "The database that the connection string `View` (ConnectionStrings__View) names cannot be used. {Reason}")]
    private static partial void Unusable(ILogger logger, string reason);
}
