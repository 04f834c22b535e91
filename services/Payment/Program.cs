using Resort.Defaults;
using Resort.Payment;
using Resort.Payment.Features;
using Resort.Payment.Provider;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddSingleton(builder.Configuration.GetSection("Provider").Get<SimulatedProviderSettings>() ?? new());
builder.Services.AddSingleton<IPaymentProvider, SimulatedProvider>();
builder.Services.AddSingleton<PaymentBook>();
builder.Services.AddSingleton<ChargeCard>();
builder.Services.AddSingleton<AwaitDeposit>();
builder.Services.AddSingleton<ReversePayment>();

var app = builder.Build();
app.UseServiceDefaults();
app.UseSidecarOnly();
ChargeCard.Map(app);
AwaitDeposit.Map(app);
ReversePayment.Map(app);
GetPayment.Map(app);
app.MapApiDescription();
app.Run();
