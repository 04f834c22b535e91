using Dapr.Client;
using Resort.Tests.Sdk.AspNetCore;
using Resort.Tests.Sidecar;

namespace Resort.Tests.Sdk;

/// <summary>
/// The embedded sidecar with one component of each kind, and an application made with the SDK behind it. Tests share it, so each uses keys and
/// ids of its own.
/// </summary>
#pragma warning disable CA1001 // xunit disposes of it through IAsyncLifetime
public sealed class EmbeddedSidecar : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string Resources = """
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: store }
        spec: { type: state.in-memory, version: v1 }
        ---
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: pubsub }
        spec: { type: pubsub.in-memory, version: v1 }
        ---
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: { name: secrets }
        spec:
          type: secretstores.local.file
          version: v1
          metadata:
            - { name: secretsFile, value: SECRETS }
            - { name: multiValued, value: "true" }
        """;

    private readonly SidecarFixture fixture = new();
    private TestApp? app;
    private RunningSidecar? sidecar;

    /// <summary>Speaks to the sidecar.</summary>
    internal DaprClient Client { get; private set; } = null!;

    /// <summary>What the application got.</summary>
    internal Deliveries Deliveries { get; } = new();

    internal string HttpEndpoint => sidecar!.Http.BaseAddress!.ToString();

    public async Task InitializeAsync()
    {
        app = await TestApp.StartAsync(Deliveries.Map);
        var secrets = Path.Combine(fixture.Folder, "secrets.json");
        await File.WriteAllTextAsync(secrets, """{"card-key":"k1","database":{"Database__User":"u1","Database__Password":"p1"}}""");
        sidecar = await fixture.StartAsync(
            "shop",
            Resources.Replace("SECRETS", secrets, StringComparison.Ordinal),
            options: given => given with { AppPort = app.Http.BaseAddress!.Port, ApiToken = "t1" });
        Client = new DaprClientBuilder().UseHttpEndpoint(HttpEndpoint).UseDaprApiToken("t1").Build();
    }

    public async Task DisposeAsync()
    {
        Client?.Dispose();
        await fixture.DisposeAsync();
        if (app is not null)
            await app.DisposeAsync();
    }
}
