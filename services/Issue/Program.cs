using Resort.Defaults;
using Resort.Issue;
using Resort.Issue.Events;
using Resort.Issue.Features;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddSingleton<TicketOffice>();

var app = builder.Build();
app.UseServiceDefaults();
app.UseSidecarOnly();
CancelTicket.Map(app);
CheckIn.Map(app);
GetIssued.Map(app);
PaymentHandlers.Map(app);
app.MapSubscribeHandler();
app.MapApiDescription();
app.Run();
