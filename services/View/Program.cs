using Resort.Defaults;
using Resort.View;
using Resort.View.Features;
using Resort.View.Projections;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddReadModel();

var app = builder.Build();
app.CreateReadModel();
app.UseServiceDefaults();
GetViews.Map(app);
EventSubscription.Map(app);
app.MapSubscribeHandler();
app.Run();
