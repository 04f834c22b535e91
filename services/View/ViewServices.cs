using Microsoft.EntityFrameworkCore;
using Resort.View.Features;
using Resort.View.Projections;

namespace Resort.View;

internal static class ViewServices
{
    public static void AddReadModel(this WebApplicationBuilder builder)
    {
        builder.Services.AddPooledDbContextFactory<ViewDb>(db => db.UseSqlite($"Data Source={Path.Combine(builder.DataFolder(), "view.db")}"));
        builder.Services.AddSingleton<ViewGate>().AddSingleton<ViewReader>().AddSingleton<ViewWriter>().AddSingleton<Listeners>();
        builder.Services.AddSingleton<Rebuild>().AddSingleton<ViewSchema>();
        builder.Services.AddSingleton(builder.Configuration.GetSection("Stream").Get<StreamSettings>() ?? new()).AddSingleton<StreamViews>();
        // what goes wrong in a query is thrown as well, and a caller who hangs up is nothing to log
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
    }

    public static string DataFolder(this WebApplicationBuilder builder) =>
        Directory.CreateDirectory(builder.Configuration["DATA_DIR"] is { Length: > 0 } configured ? configured : ".data").FullName;
}
