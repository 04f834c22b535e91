using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Resort.Sidecar.Hosting;

namespace Resort.Tests.Sidecar;

/// <summary>A sidecar of a <see cref="SidecarFixture"/>, its HTTP client and its app.</summary>
internal sealed class RunningSidecar(SidecarFixture fixture, SidecarOptions options, ScriptedApp? app) : IAsyncDisposable
{
    private SidecarHost? host;

    public SidecarFixture Fixture => fixture;
    public SidecarOptions Options => options;
    public DaprRuntime Runtime { get; private set; } = null!;

    /// <summary>Speaks to the sidecar's HTTP port.</summary>
    public HttpClient Http { get; } = new() { BaseAddress = new Uri($"http://127.0.0.1:{options.HttpPort}"), Timeout = Probe.Patience };

    public Uri GrpcAddress { get; } = new($"http://127.0.0.1:{options.GrpcPort}");
    public ScriptedApp App => app ?? throw new InvalidOperationException($"{options.AppId} was started without an app");
    internal ScriptedApp? MaybeApp => app;
    internal bool OwnsFixture { get; set; }

    /// <summary>POST of a JSON body.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, object? body) => Http.PostAsJsonAsync(path, body);

    /// <summary>Status and JSON body (null if there is none) of a call.</summary>
    public async Task<(int Status, JsonNode? Body)> CallAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>Waits until <c>healthz</c> is 204.</summary>
    public Task BecomesReadyAsync() => Probe.UntilAsync($"{options.AppId} to be ready", () => CallAsync(HttpMethod.Get, "/v1.0/healthz"), answer => answer.Status == 204);

    /// <summary>Starts it and waits until it is ready and its app is up; or, if not <paramref name="waitForApp"/>, only until it listens.</summary>
    public async Task StartAsync(bool waitForApp = true)
    {
        Runtime = await DaprRuntime.CreateAsync(options, fixture.Process);
        host = new SidecarHost(Runtime);
        await host.StartAsync(CancellationToken.None);
        if (waitForApp) await host.AppIsUp.WaitAsync(Probe.Patience);
    }

    /// <summary>Ends this sidecar; its app and the others of the process live on.</summary>
    public async Task StopAsync()
    {
        if (host is null) return;
        await host.StopAsync(options.GracefulShutdown);
        await host.DisposeAsync();
        await Runtime.DisposeAsync();
        host = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (OwnsFixture) await fixture.DisposeAsync();
    }
}
