using Resort.Tests.Harness.Servers;

namespace Resort.Tests.ComponentSets;

/// <summary>The sets that this machine cannot start, by name.</summary>
public sealed class SetTests
{
    internal static TheoryData<string> Here => [.. ComponentSet.All.Where(set => set.IsHere).Select(set => set.Name)];

    [ServerFact(RedisServer.Program)]
    public void The_set_redis_can_be_started() => Here.Should().Contain(row => row.Contains("redis"));

    [ServerFact(PostgresServer.Program, RabbitMqServer.Program)]
    public void The_set_postgres_rabbitmq_can_be_started() => Here.Should().Contain(row => row.Contains("postgres-rabbitmq"));
}
