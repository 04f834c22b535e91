using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Resort.Sidecar.Hosting;

namespace Resort.Tests.Sidecar;

/// <summary>
/// One sidecar process as <c>run -f</c> hosts it, inside the test: a data folder of its own and any number of sidecars on free ports, each with
/// a scripted app. <see cref="RestartAsync"/> plays the end of the process and its next start with the same data.
/// </summary>
internal sealed class SidecarFixture : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sidecar-");
    private readonly List<RunningSidecar> sidecars = [];
    private readonly TimeProvider clock;

    public SidecarFixture(TimeProvider? clock = null)
    {
        this.clock = clock ?? TimeProvider.System;
        Process = NewProcess();
    }

    public SidecarProcess Process { get; private set; }

    /// <summary>A folder for files that resources name; it goes away with the fixture.</summary>
    public string Folder => folder.FullName;

    /// <summary>A fixture with one sidecar.</summary>
    public static async Task<RunningSidecar> OneAsync(string resources = "", Action<ScriptedApp>? app = null, Func<SidecarOptions, SidecarOptions>? options = null)
    {
        var fixture = new SidecarFixture();
        try
        {
            var sidecar = await fixture.StartAsync("shop", resources, app, options);
            sidecar.OwnsFixture = true;
            return sidecar;
        }
        catch
        {
            await fixture.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Starts a sidecar and waits until it is ready and its app is up. <paramref name="resources"/> is YAML, several documents separated by
    /// <c>---</c>; <paramref name="app"/> scripts its app, without it there is none; <paramref name="options"/> changes flags.
    /// </summary>
    public async Task<RunningSidecar> StartAsync(string appId, string resources = "", Action<ScriptedApp>? app = null, Func<SidecarOptions, SidecarOptions>? options = null)
    {
        var scripted = app is null ? null : new ScriptedApp();
        app?.Invoke(scripted!);
        if (scripted is not null) await scripted.StartAsync();
        return await StartAsync(appId, scripted, resources, options);
    }

    /// <summary>As the other, with an app that the test starts by itself, before or after; so it may not be there yet.</summary>
    public async Task<RunningSidecar> StartAsync(
        string appId, ScriptedApp? app, string resources = "", Func<SidecarOptions, SidecarOptions>? options = null, bool waitForApp = true)
    {
        var path = folder.CreateSubdirectory($"resources-{sidecars.Count}").FullName;
        await WriteAsync(path, resources);
        var given = new SidecarOptions
        {
            AppId = appId,
            AppPort = app?.Port,
            HttpPort = FreePort.Next(),
            GrpcPort = FreePort.Next(),
            ListenAddresses = [IPAddress.Loopback],
            ResourcesPaths = [path],
            GracefulShutdown = TimeSpan.FromSeconds(1),
        };
        var sidecar = new RunningSidecar(this, options?.Invoke(given) ?? given, app);
        sidecars.Add(sidecar);
        await sidecar.StartAsync(waitForApp);
        return sidecar;
    }

    /// <summary>Ends all sidecars and their process, and starts them again over the same data; the apps live on.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        Process = NewProcess();
        foreach (var sidecar in sidecars) await sidecar.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var sidecar in sidecars)
        {
            sidecar.Http.Dispose();
            if (sidecar.MaybeApp is { } app) await app.DisposeAsync();
        }
        folder.Delete(recursive: true);
    }

    private SidecarProcess NewProcess() => new(Path.Combine(folder.FullName, "data"), clock, _ => NullLoggerFactory.Instance);

    private async Task StopAsync()
    {
        foreach (var sidecar in sidecars) await sidecar.StopAsync();
        await Process.DisposeAsync();
    }

    /// <summary>A Resiliency gets a file of its own, as Dapr wants it, at the line that it has here.</summary>
    private static async Task WriteAsync(string folder, string resources)
    {
        var documents = System.Text.RegularExpressions.Regex.Split(resources, @"^(?=---\s*$)", System.Text.RegularExpressions.RegexOptions.Multiline);
        var (lines, others) = (0, "");
        foreach (var (number, document) in documents.Index())
        {
            var blank = new string('\n', document.Count(c => c == '\n'));
            var isAlone = number > 0 && document.Contains("kind: Resiliency", StringComparison.Ordinal);
            others += isAlone ? blank : document;
            if (isAlone) await File.WriteAllTextAsync(Path.Combine(folder, $"resiliency-{number}.yaml"), new string('\n', lines) + document);
            lines += blank.Length;
        }
        await File.WriteAllTextAsync(Path.Combine(folder, "resources.yaml"), others);
    }
}
