using Resort.Defaults;
using Resort.View;
using Resort.View.DeadLetters;
using Resort.View.Features;
using Resort.View.Projections;
using Resort.View.Web;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddReadModel();
builder.AddDeadLetters();

await using var app = builder.Build(); // what it has logged is written when it is disposed of
if (!await app.PrepareDatabaseAsync())
    return 1;
app.UseServiceDefaults();
app.UseSidecarOnly();
GetViews.Map(app);
SearchViews.Map(app);
GetCollections.Map(app);
StreamViews.Map(app);
RebuildViews.Map(app);
EventSubscription.Map(app);
app.MapDeadLetters();
ServeWeb.Map(app);
app.MapSubscribeHandler();
app.MapApiDescription();
await app.RunAsync();
return 0;
