using Resort.Defaults;
using Resort.Reservation;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddReservations();
builder.AddSagas();

var app = builder.Build();
app.UseServiceDefaults();
app.UseSidecarOnly();
app.MapReservations();
app.Run();
