namespace Resort.View.DeadLetters;

internal static class DeadLetterServices
{
    public static void AddDeadLetters(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DeadLetterDb>().AddSingleton<DeadLetterMetrics>();
        builder.Services.AddHealthChecks().AddCheck<DeadLetterCheck>("dead-letters");
    }

    public static void MapDeadLetters(this WebApplication app)
    {
        DeadLetterSubscriptions.Map(app);
        GetDeadLetters.Map(app);
        ReplayDeadLetter.Map(app);
    }
}
