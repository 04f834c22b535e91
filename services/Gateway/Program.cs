using Resort.Defaults;
using Resort.Gateway;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.LimitBodies();
builder.LimitRequests();
builder.AddSidecarProxy();
builder.Services.AddSingleton<Operations>();

var app = builder.Build();
app.UseServiceDefaults();
app.UseRateLimiter();
app.UseChangeLog();
app.UseBodyLimit();
Operations.Map(app);
app.MapSidecarProxy();
app.Run();
