using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>What no consumer could handle is seen, survives, and can be sent again.</summary>
[Collection(SystemCollection.Name)]
public sealed class DeadLetterTests(SystemFixture fixture)
{
    // of a booking: held, paid twice, ticket, confirmed, points
    private const int Events = 6;

    [Fact]
    public async Task Every_subscription_has_a_dead_letter_topic_that_is_listened_to()
    {
        var subscriptions = new List<(string App, string Topic, string DeadLetters)>();
        foreach (var app in fixture.System.Apps.Keys)
        {
            using var sidecar = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{fixture.System.Apps[app].SidecarHttp}/") };
            var metadata = await sidecar.GetFromJsonAsync<JsonElement>("v1.0/metadata");
            foreach (var one in metadata.TryGetProperty("subscriptions", out var all) ? all.EnumerateArray() : [])
                subscriptions.Add((app, one.Text("topic") ?? "", one.Text("deadLetterTopic") ?? ""));
        }
        var heard = subscriptions.Where(one => one.App == "view").Select(one => one.Topic);
        subscriptions.Should().HaveCountGreaterThan(10);
        subscriptions.Select(one => one.DeadLetters).Should().BeSubsetOf(heard);
        subscriptions.Where(one => !one.Topic.EndsWith("-dead", StringComparison.Ordinal)).Should().OnlyContain(one => one.DeadLetters == $"{one.App}-dead");
    }

    [Fact]
    public async Task What_cannot_be_read_or_handled_is_listed_with_its_reason_also_after_a_restart()
    {
        using var quick = new QuickDeliveries();
        await using var system = await ResortSystem.StartAsync(shared: quick.Folder);
        using var customer = new Customer(system.Gateway);
        await PublishAsync(system, "payment-paid", "unreadable", """{"nonsense":true}""");
        await PublishAsync(system, "payment-paid", "unhandled", """
            {"eventid":"unhandled","reservationid":"no-guid","time":"2026-11-21T03:00:00Z","correlationid":"c","paymentid":"p","cost":1,"stay":{"resortid":"r",
             "resort":"R","region":"r","date":"2027-01-01","nights":1,"rooms":1,"persons":1,"name":"n","phone":"1"}}
            """);
        await PublishAsync(system, "payment-paid", "no-event", "no JSON", "&metadata.rawPayload=true");

        // a letter and the failures that led to it are told on two topics, so either may be there first
        var all = await Probe.UntilAsync("the dead letters of Issue and their attempts", () => ListAsync(customer), list =>
            list.Where(letter => letter.Text("app") == "issue").ToList() is { Count: 3 } ofIssue && ofIssue.Sum(Attempts) == 1 + QuickDeliveries.Attempts);

        var unreadable = all.Single(letter => letter.Text("app") == "issue" && letter.Text("eventid") == "unreadable");
        unreadable.Text("reason").Should().StartWith("It cannot be read").And.Contain("paymentid");
        Attempts(unreadable).Should().Be(1);
        var unhandled = all.Single(letter => letter.Text("app") == "issue" && letter.Text("eventid") == "unhandled");
        (unhandled.Text("topic"), unhandled.Text("event"), unhandled.Text("status"), Attempts(unhandled)).Should().Be(("payment-paid", "PaymentPaid", "Dead", QuickDeliveries.Attempts));
        unhandled.GetProperty("message").GetProperty("data").GetProperty("reservationid").GetString().Should().Be("no-guid");
        var noEvent = all.Single(letter => letter.Text("app") == "issue" && letter.GetProperty("message").ValueKind == JsonValueKind.String);
        (await ReplayAsync(customer, noEvent)).Status.Should().Be(HttpStatusCode.Conflict);
        (await CountsAsync(system)).GetProperty("issue").GetInt32().Should().Be(3);

        await system.InterruptAsync();
        await system.RunAsync();

        (await ListAsync(customer)).Select(letter => letter.Text("id")).Should().BeEquivalentTo(all.Select(letter => letter.Text("id")));
        (await ReplayAsync(customer, unhandled)).Status.Should().Be(HttpStatusCode.Accepted);
        await Probe.UntilAsync("it is dead again", () => GetAsync(customer, unhandled), letter => letter.Text("status") == "Dead" && Attempts(letter) == 2 * QuickDeliveries.Attempts);
        (await customer.SendAsync(HttpMethod.Post, $"dead-letters/{Guid.NewGuid()}/replay")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [NodeFact]
    public async Task A_dead_letter_that_is_replayed_reaches_its_consumer_once_and_changes_nothing_elsewhere()
    {
        using var receiver = new WebhookReceiver(FreePort.Next(), failures: int.MaxValue);
        using var quick = new QuickDeliveries();
        await using var system = await ResortSystem.StartAsync(
            new Dictionary<string, string> { ["Notification__Channels"] = "webhook", ["NOTIFICATION_WEBHOOK_URL"] = receiver.Url }, quick.Folder);
        using var customer = new Customer(system.Gateway);
        var id = (await customer.BookAsync(Customer.Order("jeju-ocean", InDays(41))))["reservationid"]!;
        var view = await customer.ViewAsync(id, view => view.GetProperty("timeline").GetArrayLength() == Events);
        var dead = await Probe.UntilAsync("Notification has given up all events", () => ListAsync(customer), list => list.Count == 6, TimeSpan.FromSeconds(60));
        dead.Should().OnlyContain(letter => letter.Text("app") == "notification" && letter.Text("reason")!.Contains("webhook", StringComparison.Ordinal));

        receiver.Recover();
        foreach (var letter in dead.Concat(dead)) (await ReplayAsync(customer, letter)).Status.Should().Be(HttpStatusCode.Accepted);

        await Probe.UntilAsync("the guest is told", () => Task.FromResult(Taken(receiver)), taken => taken.Count == 6);
        Taken(receiver).Should().BeEquivalentTo(dead.Select(letter => letter.Text("eventid")));
        (await ListAsync(customer)).Select(letter => (letter.Text("status"), HasReplay: letter.GetProperty("_links").Text("replay") is not null)).Distinct().Should().Equal(("Replayed", false));
        (await CountsAsync(system)).EnumerateObject().Should().BeEmpty();
        (await customer.GetAsync($"views/{id}")).Json.GetRawText().Should().Be(view.GetRawText());
    }

    private static async Task PublishAsync(ResortSystem system, string topic, string id, string data, string more = "")
    {
        using var client = new HttpClient();
        using var body = new StringContent(data, null, "application/json");
        var answer = await client.PostAsync(new Uri($"http://127.0.0.1:{system.Apps["gateway"].SidecarHttp}/v1.0/publish/pubsub/{topic}?metadata.cloudevent.id={id}&metadata.cloudevent.type=PaymentPaid{more}"), body);
        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    private static async Task<List<JsonElement>> ListAsync(Customer customer) =>
        [.. (await customer.GetAsync("dead-letters")).Json.GetProperty("_embedded").GetProperty("dead-letters").EnumerateArray()];

    private static async Task<JsonElement> GetAsync(Customer customer, JsonElement letter) => (await customer.GetAsync($"dead-letters/{letter.Text("id")}")).Json;

    private static Task<Answer> ReplayAsync(Customer customer, JsonElement letter) => customer.SendAsync(HttpMethod.Post, $"dead-letters/{letter.Text("id")}/replay");

    /// <summary>How many letters of each app are dead, as the health of View tells it.</summary>
    private static async Task<JsonElement> CountsAsync(ResortSystem system)
    {
        using var client = new HttpClient();
        var health = await client.GetFromJsonAsync<JsonElement>(new Uri($"http://127.0.0.1:{system.Apps["view"].App}/health/ready"));
        return health.GetProperty("checks").GetProperty("dead-letters").GetProperty("details");
    }

    private static List<string> Taken(WebhookReceiver receiver) => [.. receiver.Calls.Where(call => call.Status != 500).Select(call => call.IdempotencyKey!)];

    private static int Attempts(JsonElement letter) => letter.GetProperty("attempts").GetInt32();
}
