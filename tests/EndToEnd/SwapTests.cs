using System.Net;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>Infrastructure swapped as the README says it: one component file is edited, the rest stays as it is.</summary>
public sealed class SwapTests : IDisposable
{
    private const string Embedded = """
          type: state.sqlite
          version: v1
          metadata:
            # one file for all, under the data folder: one group commit serves every store and the messages
            - name: connectionString
              value: resort.db
        """;

    private readonly string set = Directory.CreateTempSubdirectory("resort-components-").FullName;

    public SwapTests()
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("components/embedded"))) File.Copy(file, Path.Combine(set, Path.GetFileName(file)));
    }

    public void Dispose() => Directory.Delete(set, recursive: true);

    [ServerFact(RedisServer.Program)]
    public async Task Another_type_and_its_metadata_in_one_file_and_the_same_calls_work()
    {
        await using var redis = await RedisServer.RunAsync();
        Edit(Store("state.redis", "redisHost", redis.Host));

        await using var system = await StartAsync();
        using var customer = new Customer(system.Gateway);
        var booked = await customer.BookAsync(Customer.Order("jeju-ocean", InDays(61)));
        booked.Status.Should().Be(HttpStatusCode.Created, booked.Body);
        await customer.ViewAsync(booked["reservationid"]!, view => view.Text("issuestatus") == "Issued");
        (await customer.CancelAsync(booked["reservationid"]!)).Status.Should().Be(HttpStatusCode.Accepted);
        await customer.ViewAsync(booked["reservationid"]!, view => view.Text("reservationstatus") == "Cancelled" && view.Text("paymentstatus") == "Refunded");
        (await new Books(system.Gateway).CheckAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("state.redsi", "redisHost", "localhost:6379", "payment-store.yaml:*: there is no component type `state.redsi`; the embedded sidecar has *state.redis*")]
    [InlineData("state.redis", "redisHots", "localhost:6379", "payment-store.yaml:*: metadata `redisHost` is missing")]
    [InlineData("state.sqlite", "conectionString", "resort.db", "payment-store.yaml:*: metadata `connectionString` is missing")]
    [InlineData("state.redis", "redisHost", "127.0.0.1:1", "payment-store.yaml:*: *127.0.0.1:1*")]
    [InlineData("state.mongodb", "host", "localhost", "payment-store.yaml:*: the embedded sidecar has no state.mongodb; run this on daprd, or use *")]
    public async Task What_cannot_work_is_one_message_with_file_and_line_before_anything_starts(string type, string field, string value, string message)
    {
        Edit(Store(type, field, value));

        var start = StartAsync;

        var ended = (await start.Should().ThrowAsync<InvalidOperationException>()).Which.Message;
        ended.Should().StartWith("the host has ended with code 1");
        ended.Split('\n').Where(line => line.Contains("payment-store.yaml", StringComparison.Ordinal)).Should().ContainSingle().Which.Should().Match($"*{message}");
        ended.Should().NotContain("   at ");
    }

    private static string Store(string type, string field, string value) => $"""
          type: {type}
          version: v1
          metadata:
            - name: {field}
              value: {value}
        """;

    private void Edit(string spec)
    {
        var file = Path.Combine(set, "payment-store.yaml");
        var yaml = File.ReadAllText(file);
        yaml.Should().Contain(Embedded);
        File.WriteAllText(file, yaml.Replace(Embedded, spec, StringComparison.Ordinal));
    }

    private Task<ResortSystem> StartAsync() => ResortSystem.StartAsync(new Dictionary<string, string> { ["COMPONENTS"] = set });
}
