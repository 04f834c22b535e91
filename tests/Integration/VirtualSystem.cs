using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Resort.Contracts;
using Resort.Issue;
using Resort.Payment;
using Resort.Points;
using Resort.Reservation.Desk;
using Resort.Sidecar.Hosting;
using Resort.Tests.Harness;
using Resort.View.Projections;

namespace Resort.Tests.Integration;

/// <summary>Services and sidecars in one process, on a clock that the test puts forward: half an hour passes in no time.</summary>
internal sealed class VirtualSystem : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("virtual-");
    private readonly List<IAsyncDisposable> sidecars = [];
    private readonly Dictionary<string, (Func<IAsyncDisposable> Start, IAsyncDisposable Running)> services = [];
    private readonly SidecarProcess process;

    private VirtualSystem() => process = new(Path.Combine(folder.FullName, "data"), Clock, _ => NullLoggerFactory.Instance);

    public ForwardClock Clock { get; } = new();

    /// <summary>The sidecar's ports of each app.</summary>
    public Dictionary<string, (int Http, int Grpc)> Sidecars { get; } = [];

    public Customer Customer { get; private set; } = null!;

    public DateOnly InDays(int days) => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime).AddDays(days);

    public static async Task<VirtualSystem> StartAsync()
    {
        var system = new VirtualSystem();
        try { await system.RunAsync(); }
        catch { await system.DisposeAsync(); throw; }
        return system;
    }

    /// <summary>Puts the clock forward step by step, until it is so. After each step what has fallen due has two seconds of the world to be done.</summary>
    public async Task UntilAsync(string what, TimeSpan step, Func<Task<bool>> isSo)
    {
        var last = "";
        for (var round = 0; round < 10; round++)
        {
            Clock.Forward(step);
            try
            {
                await Probe.UntilAsync(what, isSo, so => so, TimeSpan.FromSeconds(2));
                return;
            }
            catch (TimeoutException e) { last = e.Message; }
        }
        throw new TimeoutException(last);
    }

    /// <summary>The service goes; its sidecar stays.</summary>
    public async Task StopAsync(string app) => await services[app].Running.DisposeAsync();

    public void Start(string app) => services[app] = (services[app].Start, services[app].Start());

    public async ValueTask DisposeAsync()
    {
        Customer?.Dispose();
        foreach (var sidecar in Enumerable.Reverse(sidecars)) await sidecar.DisposeAsync();
        foreach (var (_, service) in services.Values) await service.DisposeAsync();
        await process.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task RunAsync()
    {
        await AddAsync<PaymentBook>(Apps.Payment);
        await AddAsync<TicketOffice>(Apps.Issue);
        await AddAsync<PointsBook>(Apps.Points);
        await AddAsync<ViewRow>(Apps.View);
        await AddAsync<ReservationDesk>(Apps.Reservation);
        var gateway = await AddAsync<Gateway.SlugConstraint>(Apps.Gateway);
        Customer = new(new Uri($"http://127.0.0.1:{gateway}/"));
        // what is used for the first time is compiled first, and steps have two seconds
        await Probe.UntilAsync("a first booking", () => Customer.BookAsync(Customer.Order("yeosu-harbour", InDays(10))), answer => answer.Status == HttpStatusCode.Created, TimeSpan.FromSeconds(60));
    }

    /// <summary>The port of the app.</summary>
    private async Task<int> AddAsync<T>(string app) where T : class
    {
        var (port, http, grpc) = (Harness.FreePort.Next(), Harness.FreePort.Next(), Harness.FreePort.Next());
        Sidecars.Add(app, (http, grpc));
        var settings = new Dictionary<string, string>
        {
            ["DAPR_HTTP_PORT"] = http.ToString(CultureInfo.InvariantCulture),
            ["DAPR_GRPC_PORT"] = grpc.ToString(CultureInfo.InvariantCulture),
            ["DATA_DIR"] = folder.FullName,
        };
        Func<IAsyncDisposable> start = () => InProcessService<T>.Start(port, Clock, settings);
        services.Add(app, (start, start()));
        var runtime = await DaprRuntime.CreateAsync(new SidecarOptions
        {
            AppId = app,
            AppPort = port,
            HttpPort = http,
            GrpcPort = grpc,
            ListenAddresses = [IPAddress.Loopback],
            ResourcesPaths = [Repository.PathOf("components/shared"), Repository.PathOf("components/embedded")],
            ConfigFiles = [Repository.PathOf($"configuration/{app}.yaml")],
            GracefulShutdown = TimeSpan.FromSeconds(1),
        }, process);
        sidecars.Add(runtime);
        var host = new SidecarHost(runtime);
        sidecars.Add(host);
        await host.StartAsync(CancellationToken.None);
        return port;
    }
}
