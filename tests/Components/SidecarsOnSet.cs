using System.Net;
using Resort.Tests.Sidecar;

namespace Resort.Tests.ComponentSets;

/// <summary>Sidecars of one process on a set's components, for one test; topics and keys of a test are its own.</summary>
internal sealed class SidecarsOnSet(SidecarFixture fixture, StartedSet set)
{
    /// <summary>What no other test has in its names.</summary>
    public string Own { get; } = Path.GetRandomFileName()[..8];

    /// <summary>Starts a sidecar on the set; <paramref name="resources"/> is more YAML.</summary>
    public Task<RunningSidecar> StartAsync(string appId, Action<ScriptedApp>? app = null, string resources = "") =>
        fixture.StartAsync(appId, resources, app, options => options with { ResourcesPaths = [.. options.ResourcesPaths, set.Folder] });

    /// <summary>Ends all sidecars and starts them again; their apps live on.</summary>
    public Task RestartAsync() => fixture.RestartAsync();

    /// <summary>kill -9 of the set's servers, and their next start. Without servers, sidecars end and start again.</summary>
    public async Task CrashServersAsync()
    {
        if (set.Servers.Count == 0) await RestartAsync();
        foreach (var server in set.Servers) await server.KillAsync();
        foreach (var server in set.Servers) await server.StartAsync();
    }

    /// <summary>Publishes, again until the broker takes it.</summary>
    public static Task PublishAsync(RunningSidecar sidecar, string topic, object data, string? key = null) => Probe.UntilAsync($"{topic} to be taken", async () =>
    {
        using var answer = await sidecar.PostAsync($"/v1.0/publish/pubsub/{topic}{(key is null ? "" : $"?metadata.partitionKey={key}")}", data);
        return answer.StatusCode;
    }, status => status == HttpStatusCode.NoContent);
}
