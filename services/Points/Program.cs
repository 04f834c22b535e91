using Resort.Defaults;
using Resort.Points;
using Resort.Points.Events;
using Resort.Points.Features;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddSingleton<PointsStore>();
builder.Services.AddSingleton<PointsBook>();

var app = builder.Build();
app.UseServiceDefaults();
app.UseSidecarOnly();
ReversePoints.Map(app);
FindPoints.Map(app);
FindPointHistories.Map(app);
PaymentHandlers.Map(app);
app.MapSubscribeHandler();
app.MapApiDescription();
app.Run();
