extern alias workflow;
using Dapr.Common.Serialization;
using Dapr.Workflow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using workflow::Dapr.DurableTask.Protobuf;

namespace Resort.Tests.Sdk.Workflow.Worker;

public sealed class RegistrationTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly ScriptedEngine engine = new();

    private sealed class Price(int amount)
    {
        public int Amount => amount;
    }

    private sealed class Charge(Price price) : WorkflowActivity<int, int>
    {
        public override Task<int> RunAsync(WorkflowActivityContext context, int input) => Task.FromResult(price.Amount * input);
    }

    private sealed class Saga : Workflow<int, int>
    {
        public override async Task<int> RunAsync(WorkflowContext context, int input)
        {
            await context.CallActivityAsync(nameof(Charge), input);
            return input;
        }
    }

    public Task InitializeAsync() => engine.ListenAsync();

    [Fact]
    public async Task Classes_are_found_by_their_simple_name_and_get_services()
    {
        using var worker = await engine.WorkerAsync(
            options =>
            {
                options.RegisterActivity<Charge>();
                options.RegisterWorkflow<Saga>();
            },
            services => services.AddScoped(_ => new Price(100)));
        var stream = await engine.StreamAsync();

        stream.Writer.TryWrite(ScriptedEngine.Activity("Charge", input: "3"));
        (await engine.AnswerAsync<ActivityResponse>()).Result.Should().Be("300");
        stream.Writer.TryWrite(ScriptedEngine.FirstTurn("saga", "3"));
        (await engine.AnswerAsync<WorkflowResponse>()).Actions.Should().ContainSingle().Which.ScheduleTask.Name.Should().Be("Charge");
    }

    [Fact]
    public async Task Classes_can_have_another_name()
    {
        using var worker = await engine.WorkerAsync(options => options.RegisterWorkflow<Saga>("Cancel"));

        (await engine.StreamAsync()).Writer.TryWrite(ScriptedEngine.FirstTurn("Cancel", "3"));
        (await engine.AnswerAsync<WorkflowResponse>()).Actions.Should().ContainSingle().Which.ScheduleTask.Name.Should().Be("Charge");
    }

    [Fact]
    public async Task The_first_registration_of_a_name_holds_also_across_calls()
    {
        using var worker = await engine.WorkerAsync(
            options => options.RegisterActivity<object?, int>("act", (_, _) => Task.FromResult(2)),
            services => services.AddDaprWorkflow(options => options.RegisterActivity<object?, int>("Act", (_, _) => Task.FromResult(1))));

        (await engine.StreamAsync()).Writer.TryWrite(ScriptedEngine.Activity("Act"));
        (await engine.AnswerAsync<ActivityResponse>()).Result.Should().Be("1");
        engine.Log.Lines.Should().ContainSingle(line => line.Contains("already registered", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_class_that_cannot_be_made_fails_its_item()
    {
        using var worker = await engine.WorkerAsync(options => options.RegisterActivity<Charge>());

        (await engine.StreamAsync()).Writer.TryWrite(ScriptedEngine.Activity("Charge"));
        (await engine.AnswerAsync<ActivityResponse>()).FailureDetails.ErrorMessage.Should().Contain(nameof(Price));
    }

    [Fact]
    public async Task The_worker_takes_another_serializer()
    {
        using var worker = await engine.WorkerAsync(
            options => options.RegisterActivity<string, string>("Act", (_, input) => Task.FromResult(input)),
            services => services.AddDaprWorkflowBuilder(null).WithSerializer(new Shouting()));

        (await engine.StreamAsync()).Writer.TryWrite(ScriptedEngine.Activity("Act", input: "text"));
        (await engine.AnswerAsync<ActivityResponse>()).Result.Should().Be("TEXT!");
    }

    [Fact]
    public void The_client_has_the_lifetime_that_was_asked_for()
    {
        Lifetime(new ServiceCollection().AddDaprWorkflow()).Should().Be(ServiceLifetime.Singleton);
        Lifetime(new ServiceCollection().AddDaprWorkflow(_ => { }, ServiceLifetime.Scoped)).Should().Be(ServiceLifetime.Scoped);

        static ServiceLifetime Lifetime(IServiceCollection services) => services.Single(service => service.ServiceType == typeof(DaprWorkflowClient)).Lifetime;
    }

    [Fact]
    public void There_is_one_worker_however_often_it_is_added() =>
        new ServiceCollection().AddDaprWorkflow().AddDaprWorkflow().Where(service => service.ServiceType == typeof(IHostedService)).Should().ContainSingle();

    [Fact]
    public void Names_and_functions_are_required()
    {
        var options = new WorkflowRuntimeOptions();
        foreach (Action wrong in new Action[]
        {
            () => options.RegisterWorkflow<int, int>(" ", (_, input) => Task.FromResult(input)),
            () => options.RegisterWorkflow<int, int>("w", null!),
            () => options.RegisterActivity<int, int>("", (_, input) => Task.FromResult(input)),
            () => options.RegisterActivity<int, int>("a", null!),
            () => new ServiceCollection().AddDaprWorkflow(null!),
        })
            wrong.Should().Throw<ArgumentException>();
    }

    Task IAsyncLifetime.DisposeAsync() => engine.DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private sealed class Shouting : IDaprSerializer
    {
        public string Serialize<T>(T value) => Serialize(value, null);

        public string Serialize(object? value, Type? inputType = null) => $"{value}".ToUpperInvariant() + "!";

        public T? Deserialize<T>(string? data) => (T?)Deserialize(data, typeof(T));

        public object? Deserialize(string? data, Type returnType) => data;
    }
}
