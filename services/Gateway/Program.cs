using Resort.Defaults;
using Resort.Gateway;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddSidecarProxy();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 64 * 1024);

var app = builder.Build();
app.UseServiceDefaults();
app.MapReverseProxy();
app.Run();
