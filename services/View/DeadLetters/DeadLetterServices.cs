using Microsoft.EntityFrameworkCore;

namespace Resort.View.DeadLetters;

internal static class DeadLetterServices
{
    public static void AddDeadLetters(this WebApplicationBuilder builder)
    {
        builder.Services.AddPooledDbContextFactory<DeadLetterDb>(db => db.UseSqlite($"Data Source={Path.Combine(builder.DataFolder(), "dead-letters.db")}"));
        builder.Services.AddScoped(services => services.GetRequiredService<IDbContextFactory<DeadLetterDb>>().CreateDbContext());
        builder.Services.AddHealthChecks().AddCheck<DeadLetterCheck>("dead-letters");
    }

    public static void MapDeadLetters(this WebApplication app)
    {
        using var db = app.Services.GetRequiredService<IDbContextFactory<DeadLetterDb>>().CreateDbContext();
        db.Database.EnsureCreated();
        DeadLetterSubscriptions.Map(app);
        GetDeadLetters.Map(app);
        ReplayDeadLetter.Map(app);
    }
}
