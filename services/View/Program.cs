using Resort.Defaults;
using Resort.View;
using Resort.View.DeadLetters;
using Resort.View.Features;
using Resort.View.Projections;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddReadModel();
builder.AddDeadLetters();

var app = builder.Build();
app.CreateReadModel();
app.UseServiceDefaults();
GetViews.Map(app);
GetCollections.Map(app);
StreamViews.Map(app);
RebuildViews.Map(app);
EventSubscription.Map(app);
app.MapDeadLetters();
app.MapSubscribeHandler();
app.Run();
