using Resort.Sidecar.Hosting;
using Resort.Sidecar.Hosting.Flags;
using Resort.Sidecar.Hosting.Logs;

namespace Resort.Tests.Conformance.Sidecars;

/// <summary>All sidecars of a scenario in the process of the tests, hosted as <c>run -f</c> hosts those of a template.</summary>
internal sealed class InProcessDeployment(string dataFolder) : IDeployment
{
    private readonly Dictionary<SidecarPlace, SidecarHost> running = [];
    private readonly Dictionary<SidecarPlace, SidecarEnd> ended = [];
    private readonly LogTail log = new();
    private SidecarProcess? process;

    public string Log => log.ToString();

    public async Task StartAsync(SidecarPlace sidecar)
    {
        process ??= new SidecarProcess(dataFolder, TimeProvider.System, options => DaprLoggerProvider.Factory(options.AppId, options.Log, log.Add, TimeProvider.System));
        ended.Remove(sidecar);
        try
        {
            var runtime = await DaprRuntime.CreateAsync(DaprdFlags.Read(FlagsOf(sidecar.Flags), name => sidecar.Environment.GetValueOrDefault(name)), process);
            var host = running[sidecar] = new SidecarHost(runtime);
            await host.StartAsync(CancellationToken.None);
        }
        catch (Exception e) when (CommandLine.Refusal(e) is { } refusal)
        {
            ended[sidecar] = new SidecarEnd(1, refusal);
        }
    }

    /// <summary>What starts here has started, or was refused at once.</summary>
    public Task<SidecarEnd?> EndAsync(SidecarPlace sidecar, TimeSpan within) => Task.FromResult(ended.GetValueOrDefault(sidecar));

    /// <summary>Every signal stops the sidecar, and with the last one its process.</summary>
    public async Task SignalAsync(SidecarPlace sidecar, string signal)
    {
        if (!running.Remove(sidecar, out var host)) return;
        var whole = await host.StopAsync(host.Runtime.Options.GracefulShutdown);
        await host.DisposeAsync();
        await host.Runtime.DisposeAsync();
        ended[sidecar] = new SidecarEnd(whole ? 0 : 1, "");
        if (running.Count > 0) return;
        await process!.DisposeAsync();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sidecar in running.Keys.ToList()) await SignalAsync(sidecar, "SIGTERM");
        if (process is not null) await process.DisposeAsync();
    }

    /// <summary>A flag and its values; one that the next flag follows is a switch.</summary>
    private static FlagValues FlagsOf(IReadOnlyList<string> arguments)
    {
        var given = new Dictionary<string, List<string>>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var isSwitch = i + 1 == arguments.Count || arguments[i + 1].StartsWith("--", StringComparison.Ordinal);
            if (!given.TryGetValue(arguments[i][2..], out var values)) given[arguments[i][2..]] = values = [];
            values.Add(isSwitch ? "" : arguments[++i]);
        }
        return new FlagValues(flag => given.TryGetValue(flag, out var values) ? values : []);
    }
}
