using Resort.Sidecar.Api;
using Resort.Sidecar.Bindings;
using Resort.Sidecar.Components;
using Resort.Sidecar.Grpc;
using Resort.Sidecar.Invocation;
using Resort.Sidecar.Metrics;
using Resort.Sidecar.PubSub;
using Resort.Sidecar.Resiliency;
using Resort.Sidecar.Secrets;
using Resort.Sidecar.State;
using Resort.Sidecar.Tracing;
using Resort.Sidecar.Workflow;

namespace Resort.Sidecar.Hosting;

/// <summary>One sidecar: its options, resources and building blocks.</summary>
internal sealed class DaprRuntime : IAsyncDisposable
{
    private readonly TaskCompletionSource<bool> stopRequested = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DaprRuntime(SidecarOptions options, SidecarProcess process, Configuration configuration, ResourceSet resources)
    {
        Options = options;
        Process = process;
        Loggers = process.LoggersOf(options);
        Configuration = configuration;
        Resources = DeniedComponents.Without(resources, configuration.DeniedComponents, Loggers.CreateLogger<DaprRuntime>());
        Routes = new RouteTable(configuration.Api);
        Metrics = new SidecarMetrics(options, configuration.Metrics);
        App = AppChannel.To(options, Metrics.Http);
        Tracing = new SidecarTracing(configuration.Tracing.WithEnvironment(Environment.GetEnvironmentVariable), options.AppId);
        Policies = PolicySet.Load(Resources, process.Clock, Loggers.CreateLogger<PolicySet>(), Metrics.Resiliency);
        Secrets = new SecretStores(configuration.SecretScopes);
        References = new ReferenceResolver(Secrets, options, process.Clock);
        Subscriptions = new Subscriptions(this);
    }

    public SidecarOptions Options { get; }
    public SidecarProcess Process { get; }

    /// <summary>Writes the lines of this sidecar.</summary>
    public ILoggerFactory Loggers { get; }
    public SidecarHealth Health { get; } = new();
    public Configuration Configuration { get; }
    public ResourceSet Resources { get; }

    /// <summary>The way to the app; null for a sidecar without one.</summary>
    public AppChannel? App { get; }

    /// <summary>What is counted.</summary>
    public SidecarMetrics Metrics { get; }

    /// <summary>What becomes of trace contexts.</summary>
    public SidecarTracing Tracing { get; }

    /// <summary>Timeouts, retries and breakers of everything that is called.</summary>
    public PolicySet Policies { get; }

    public SecretStores Secrets { get; }
    public StateStores States { get; } = new();
    public OutputBindings Bindings { get; } = new();

    /// <summary>Puts values in the place of references in component metadata.</summary>
    public ReferenceResolver References { get; }

    /// <summary>The pub/sub components.</summary>
    public Brokers Brokers { get; } = new();

    public Subscriptions Subscriptions { get; }

    public RouteTable Routes { get; }
    public GrpcMethods GrpcMethods { get; } = new();

    /// <summary>Completes when a caller asks for the sidecar's end; true if it shall not wait for what runs.</summary>
    public Task<bool> StopRequested => stopRequested.Task;

    /// <summary>The building blocks, in the order in which they start; the last is stopped first.</summary>
    public List<IBuildingBlock> Blocks { get; } = [];

    /// <summary>Reads configuration and resources and starts the components; nothing listens yet.</summary>
    /// <exception cref="ResourceException">Something in them is wrong.</exception>
    public static async Task<DaprRuntime> CreateAsync(SidecarOptions options, SidecarProcess process)
    {
        var configuration = ConfigurationLoader.Load(options.ConfigFiles);
        var resources = ResourceLoader.Load(options.ResourcesPaths, options.AppId);
        var runtime = new DaprRuntime(options, process, configuration, resources);
        try
        {
            await runtime.CreateComponentsAsync();
        }
        catch
        {
            await runtime.DisposeAsync();
            throw;
        }
        process.Add(runtime);
        return runtime;
    }

    /// <summary>Takes in a building block: its routes, and its end with the sidecar if it can be disposed of.</summary>
    public void Add(IBuildingBlock block)
    {
        Blocks.Add(block);
        block.Map(Routes);
    }

    /// <summary>Asks whoever hosts the sidecar to end it.</summary>
    public void RequestStop(bool forced) => stopRequested.TrySetResult(forced);

    /// <summary>Secret stores come first: the metadata of all others may refer to them. State stores come after the brokers of their outboxes.</summary>
    private async Task CreateComponentsAsync()
    {
        ForeignTypes.Refuse(Resources.Components, ["secretstores", "state", "pubsub", "bindings"], Loggers.CreateLogger<DaprRuntime>());
        await Secrets.CreateAsync(this);
        await Brokers.CreateAsync(this);
        await States.CreateAsync(this);
        await Bindings.CreateAsync(this);
        Add(new HealthApi(Options.AppId, Health));
        Add(new MetadataApi(this));
        Add(new ShutdownApi(this));
        Add(new SecretsApi(Secrets, Policies, Metrics.Components));
        Add(new StateApi(States, this));
        Add(new BindingsApi(Bindings, Metrics.Components));
        Add(new WorkflowBlock(this));
        Add(new InvocationApi(this));
        Add(new PubSubBlock(this));
        CountComponents();
    }

    /// <summary>One that no block knows was left out.</summary>
    private void CountComponents()
    {
        var blocks = Blocks.OfType<IMetadataSource>().ToList();
        foreach (var component in Resources.Components)
            if (blocks.Exists(block => block.Capabilities(component.Name) is not null)) Metrics.Components.Loaded(component.Type);
            else Metrics.Components.Failed(component.Type, component.Name);
    }

    public async ValueTask DisposeAsync()
    {
        Process.Remove(this);
        foreach (var block in Enumerable.Reverse(Blocks))
            if (block is IAsyncDisposable disposable) await disposable.DisposeAsync();
        await States.DisposeAsync();
        await Brokers.DisposeAsync();
        Bindings.Dispose();
        App?.Dispose();
        Tracing.Dispose();
        Loggers.Dispose();
    }
}
