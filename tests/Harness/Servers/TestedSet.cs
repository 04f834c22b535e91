namespace Resort.Tests.Harness.Servers;

/// <summary>The component set on which a test run starts its systems: <c>RESORT_TEST_COMPONENTS</c>, or <c>embedded</c>.</summary>
public static class TestedSet
{
    public static string Name { get; } = Environment.GetEnvironmentVariable("RESORT_TEST_COMPONENTS") is { Length: > 0 } set ? set : "embedded";

    /// <summary>What one more system gets; null where it needs no servers.</summary>
    internal static async Task<ISystemSpace?> NewSpaceAsync() => Name switch
    {
        "embedded" => null,
        "redis" => await RedisSet.RunAsync(),
        "postgres-rabbitmq" => await PostgresRabbitMqSpace.NewAsync(),
        _ => throw new InvalidOperationException($"RESORT_TEST_COMPONENTS={Name}: the tests have servers for redis and postgres-rabbitmq"),
    };
}
