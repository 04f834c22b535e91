using RabbitMQ.Client;
using Resort.Tests.Harness.Servers;

namespace Resort.Tests.Sidecar.PubSub.RabbitMq;

/// <summary>One RabbitMQ for the tests of a class; each test has topics of its own.</summary>
public sealed class RabbitMqFixture : IAsyncLifetime
{
    private int tests;

    internal RabbitMqServer Server { get; } = new();

    public async Task InitializeAsync()
    {
        if (ServerProgram.ReasonToSkip(RabbitMqServer.Program) is null) await Server.StartAsync();
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>A topic that no other test has.</summary>
    internal string Topic() => $"topic{Interlocked.Increment(ref tests)}";

    /// <summary>A component named <c>pubsub</c>.</summary>
    internal string Component(params (string Name, string Value)[] metadata) => Of(Server.ConnectionString, metadata);

    /// <summary>A component named <c>pubsub</c> that loses nothing.</summary>
    internal string Safe(params (string Name, string Value)[] metadata) => Component(
        [("durable", "true"), ("deletedWhenUnused", "false"), ("deliveryMode", "2"), ("publisherConfirm", "true"), ("requeueInFailure", "true"), ("reconnectWait", "200ms"), .. metadata]);

    internal static string Of(string connectionString, params (string Name, string Value)[] metadata) => Components.With(
        $$"""
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: {name: pubsub}
        spec:
          type: pubsub.rabbitmq
          version: v1
          metadata:
          - {name: connectionString, value: "{{connectionString}}"}
        """, metadata);

    /// <summary>How many messages wait in a queue.</summary>
    internal Task<uint> WaitingAsync(string queue) => AskAsync(async channel => (await channel.QueueDeclarePassiveAsync(queue)).MessageCount);

    /// <summary>Takes a queue from its exchange.</summary>
    internal Task UnbindAsync(string queue, string exchange) => AskAsync(async channel =>
    {
        await channel.QueueUnbindAsync(queue, exchange, "");
        return true;
    });

    private async Task<T> AskAsync<T>(Func<IChannel, Task<T>> ask)
    {
        var factory = new ConnectionFactory { Uri = new Uri(Server.ConnectionString) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await ask(channel);
    }
}
