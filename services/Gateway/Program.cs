using Resort.Defaults;
using Resort.Gateway;
using Resort.Gateway.Swagger;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.LimitBodies();
builder.LimitRequests();
builder.AddSidecarProxy();
builder.Services.AddSingleton<Operations>();
builder.Services.AddSingleton<ServiceDocuments>();

var app = builder.Build();
app.UseServiceDefaults();
app.UseRateLimiter();
app.UseChangeLog();
app.UseBodyLimit();
Operations.Map(app);
app.MapSwagger();
app.MapSidecarProxy();
app.Run();
