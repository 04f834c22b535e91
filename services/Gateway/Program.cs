using Resort.Defaults;
using Resort.Gateway;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.LimitBodies();
builder.LimitRequests();
builder.AddSidecarProxy();

var app = builder.Build();
app.UseServiceDefaults();
app.UseRateLimiter();
app.UseChangeLog();
app.UseBodyLimit();
app.MapSidecarProxy();
app.Run();
