using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Harness;

/// <summary>The whole system as <c>make run</c> starts it: real processes, ports and data of its own.</summary>
public sealed class ResortSystem : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("resort-").FullName;
    private readonly IReadOnlyDictionary<string, string> env;
    private readonly ISystemSpace? space;
    private readonly string components;
    private readonly string shared;
    private readonly string[] options;
    private readonly RunTemplate template;
    private readonly StringBuilder log = new();
    private readonly Dictionary<string, Process> adopted = [];
    private Process? host;
    private int starts;

    private ResortSystem(
        IReadOnlyDictionary<string, string> env, ISystemSpace? space, string? shared, IReadOnlyDictionary<string, int>? guests, string[] without, string[] twice, string[] options, int? illAfter)
    {
        (this.env, this.space, this.options) = (env, space, options);
        components = this.env.GetValueOrDefault("COMPONENTS") ?? (Environment.GetEnvironmentVariable("COMPONENTS") is { Length: > 0 } set ? set : "embedded");
        this.shared = shared ?? Repository.PathOf("components/shared");
        template = RunTemplate.Write(folder, HasNode ? without : [.. without, "notification"], guests ?? new Dictionary<string, int>(), twice, illAfter);
        Gateway = new Uri($"http://127.0.0.1:{template.Apps["gateway"].App}/");
    }

    /// <summary>Whether Notification, which needs Node, was built; a system is started without it where it was not.</summary>
    public static bool HasNode { get; } = File.Exists(Repository.PathOf("services/Notification/dist/main.js"));

    public Uri Gateway { get; }
    public IReadOnlyDictionary<string, AppPorts> Apps => template.Apps;
    public int HostId => host!.Id;
    public bool HasExited => host is null || host.HasExited;
    public int ExitCode => host!.ExitCode;
    public string DataDirectory => Path.Combine(folder, "data");

    /// <summary>What host and apps have written so far.</summary>
    public string Log { get { lock (log) return log.ToString(); } }

    /// <param name="env">For the sidecars and all apps; <c>COMPONENTS</c> names the component set, as for <c>make run</c>, or its folder.</param>
    /// <param name="shared">A folder in the place of <c>components/shared</c>.</param>
    /// <param name="guests">Apps that the test runs itself, and their ports.</param>
    /// <param name="without">Apps that are left out.</param>
    /// <param name="twice">Apps that run as two replicas; the second one is known as <c>app#2</c>.</param>
    /// <param name="options">For the command <c>run</c>.</param>
    /// <param name="illAfter">So many health checks in a row an app may fail, for a machine that starts a dozen processes at the same time.</param>
    public static async Task<ResortSystem> StartAsync(
        IReadOnlyDictionary<string, string>? env = null, string? shared = null, IReadOnlyDictionary<string, int>? guests = null,
        string[]? twice = null, string[]? options = null, int? illAfter = null, params string[] without)
    {
        env ??= new Dictionary<string, string>();
        // whoever names a set has its servers, too
        var space = env.ContainsKey("COMPONENTS") || Environment.GetEnvironmentVariable("COMPONENTS") is { Length: > 0 } ? null : await TestedSet.NewSpaceAsync();
        if (space is not null) env = env.Concat(space.Environment).DistinctBy(setting => setting.Key).ToDictionary(); // what a test sets itself counts
        var system = new ResortSystem(env, space, shared, guests, without, twice ?? [], options ?? [], illAfter);
        try { await system.RunAsync(); }
        catch { await system.DisposeAsync(); throw; }
        return system;
    }

    /// <summary>Starts the system (again), on the data it has, and waits until the gateway and all services are ready.</summary>
    public async Task RunAsync()
    {
        var allReady = $"start {++starts} is complete";
        var start = new ProcessStartInfo(Repository.PathOf("artifacts/sidecar/resort-sidecar"),
            ["run", "-f", template.File, "--resources-path", shared, "--resources-path", Repository.PathOf(Path.Combine("components", components)), "--ready-message", allReady, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            Environment = { ["DATA_DIR"] = DataDirectory },
        };
        foreach (var (name, value) in env) start.Environment[name] = value; // for the sidecars and, by inheritance, for all apps
        host = Process.Start(start)!;
        host.OutputDataReceived += (_, line) => Append(line.Data);
        host.ErrorDataReceived += (_, line) => Append(line.Data);
        host.BeginOutputReadLine();
        host.BeginErrorReadLine();
        foreach (var app in Apps.Keys) await UntilReadyAsync(app);
        await Probe.UntilAsync("every app is subscribed", () => Task.FromResult(Log.Contains(allReady, StringComparison.Ordinal)), ready => ready, TimeSpan.FromSeconds(60));
    }

    /// <summary>Waits until an app can be reached through its sidecar, and says itself that it is ready.</summary>
    public Task UntilReadyAsync(string app) =>
        Probe.UntilAsync($"{app} is ready", async () =>
        {
            if (HasExited) throw new InvalidOperationException($"the host has ended with code {ExitCode}:\n{Log}");
            using var client = SidecarOf(app, TimeSpan.FromSeconds(2));
            return (await client.GetAsync($"v1.0/invoke/{app.Split('#')[0]}/method/health/ready")).StatusCode;
        }, status => status == System.Net.HttpStatusCode.OK, TimeSpan.FromSeconds(60));

    /// <summary>Speaks to an app's sidecar as the app does.</summary>
    public HttpClient SidecarOf(string app, TimeSpan? timeout = null)
    {
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Apps[app].SidecarHttp}/"), Timeout = timeout ?? TimeSpan.FromSeconds(30) };
        if (env.TryGetValue("DAPR_API_TOKEN", out var token)) client.DefaultRequestHeaders.Add("dapr-api-token", token);
        return client;
    }

    /// <summary>The process id of an app, as its sidecar's metadata tells it.</summary>
    public async Task<int> ProcessIdAsync(string app)
    {
        if (adopted.TryGetValue(app, out var process)) return process.Id;
        using var client = SidecarOf(app, TimeSpan.FromSeconds(5));
        var metadata = await client.GetFromJsonAsync<JsonElement>("v1.0/metadata");
        return int.Parse(metadata.GetProperty("extended").GetProperty("appPID").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>kill -9 of an app; the host starts it again.</summary>
    public async Task KillAsync(string app) => await SignalAsync("KILL", await ProcessIdAsync(app));

    /// <summary>Starts an app that the host does not start any more; it ends with the system.</summary>
    internal void Adopt(string app, ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Append(line.Data is null ? null : $"== APP - {app} == {line.Data}");
        process.BeginOutputReadLine();
        adopted[app] = process;
    }

    public static bool IsRunning(int processId) =>
        File.Exists($"/proc/{processId}/stat") && File.ReadAllText($"/proc/{processId}/stat").Split(") ")[^1][0] != 'Z';

    /// <summary>kill -9 of the host, which takes sidecars and apps with it.</summary>
    public async Task KillHostAsync()
    {
        await SignalAsync("KILL", HostId);
        await host!.WaitForExitAsync();
    }

    /// <summary>Ctrl-C.</summary>
    public Task InterruptAsync() => StopAsync("INT");

    private async Task StopAsync(string signal)
    {
        await SignalAsync(signal, HostId);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await host!.WaitForExitAsync(deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in adopted.Values)
        {
            process.Kill();
            process.Dispose();
        }
        if (!HasExited) await StopAsync("TERM"); // a shell lets what runs in its background ignore Ctrl-C
        host?.Dispose();
        if (space is not null) await space.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    public static async Task SignalAsync(string signal, int processId)
    {
        using var kill = Process.Start("kill", [$"-{signal}", processId.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private void Append(string? line)
    {
        if (line is null) return;
        lock (log) log.AppendLine(line);
    }
}
