using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Resort.Tests.Integration;

/// <summary>A service as its Program makes it, inside the test, on a port of its own and on the test's clock.</summary>
/// <typeparam name="T">Any type of the service's assembly.</typeparam>
internal sealed class InProcessService<T> : WebApplicationFactory<T> where T : class
{
    private readonly TimeProvider clock;
    private readonly IReadOnlyDictionary<string, string> settings;

    private InProcessService(TimeProvider clock, IReadOnlyDictionary<string, string> settings) => (this.clock, this.settings) = (clock, settings);

    public static InProcessService<T> Start(int port, TimeProvider clock, IReadOnlyDictionary<string, string> settings)
    {
        // as a setting: a port of UseKestrel is set while the Program may have started the server already
        var service = new InProcessService<T>(clock, new Dictionary<string, string>(settings) { ["urls"] = $"http://127.0.0.1:{port}" });
        service.UseKestrel();
        service.StartServer();
        return service;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseContentRoot(AppContext.BaseDirectory);
        foreach (var (name, value) in settings) builder.UseSetting(name, value);
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureServices(services => services.AddSingleton(clock)); // the last one counts
    }
}
