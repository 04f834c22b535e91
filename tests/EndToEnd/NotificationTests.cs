using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>What a guest is told of a booking, over a webhook that does not work at first.</summary>
public sealed class NotificationTests
{
    private static readonly string[] ofABooking = ["PaymentPaid", "PointsEarned", "ReservationConfirmed", "ReservationHeld", "ReservationPaid", "TicketIssued"];

    // two attempts of each event may fail before its delivery does: with one more, at least one event is delivered again
    private const int Failures = 13;

    [NodeFact]
    public async Task A_booking_is_told_once_per_event_and_channel_also_when_events_come_again()
    {
        using var receiver = new WebhookReceiver(FreePort.Next(), Failures);
        await using var system = await ResortSystem.StartAsync(new Dictionary<string, string>
        {
            ["Notification__Channels"] = "log,webhook",
            ["NOTIFICATION_WEBHOOK_URL"] = receiver.Url,
        });
        using var customer = new Customer(system.Gateway);
        var booked = await customer.BookAsync(Customer.Order("jeju-ocean", InDays(40), nights: 2));
        var id = booked["reservationid"]!;

        var told = await ToldAsync(customer, id, ofABooking.Length);

        Names(told).Should().BeEquivalentTo(ofABooking);
        told.Should().OnlyContain(one => one.GetProperty("text").GetString()!.Contains("Jeju Ocean"));
        told.Select(one => one.GetProperty("correlationid").GetString()).Distinct().Should().ContainSingle();
        receiver.Calls.Count(call => call.Status == 500).Should().Be(Failures);
        Taken(receiver).Should().BeEquivalentTo(told.Select(EventId)).And.OnlyHaveUniqueItems();

        foreach (var one in told) await PublishAsync(system, one, id, EventId(one)); // as a broker that repeats itself
        await PublishAsync(system, told[0], id, $"{EventId(told[0])}:2");
        await ToldAsync(customer, id, ofABooking.Length + 1); // the order of one topic is kept, so the first of the repeated ones has been handled
        foreach (var one in told.Skip(1)) await PublishAsync(system, one, id, $"{EventId(one)}:2");
        var all = await ToldAsync(customer, id, 2 * ofABooking.Length);

        Taken(receiver).Should().BeEquivalentTo(all.Select(EventId)).And.OnlyHaveUniqueItems();
        foreach (var one in all) Lines(system, $"\"message\":\"notification\",\"event\":\"{Name(one)}\",\"eventid\":\"{EventId(one)}\"").Should().Be(1);
        receiver.Calls.Should().OnlyContain(call => call.IdempotencyKey == call.Body.GetProperty("eventid").GetString() && call.CorrelationId == told[0].GetProperty("correlationid").GetString());
        receiver.Calls[0].Body.GetProperty("to").GetProperty("phone").GetString().Should().Be("010-1234-5678");
    }

    /// <summary>The notifications of a reservation once there are so many and all are sent.</summary>
    private static async Task<List<JsonElement>> ToldAsync(Customer customer, string id, int count)
    {
        var page = await Probe.UntilAsync($"{count} notifications of {id}", async () => (await customer.GetAsync($"notifications?reservationid={id}")).Json, page =>
            page.ValueKind == JsonValueKind.Object && page.GetProperty("page").GetProperty("totalElements").GetInt32() == count
            && page.GetProperty("_embedded").GetProperty("notifications").EnumerateArray().SelectMany(one => one.GetProperty("channels").EnumerateArray())
                .All(channel => channel.GetProperty("status").GetString() == "sent"), TimeSpan.FromSeconds(60));
        return [.. page.GetProperty("_embedded").GetProperty("notifications").EnumerateArray()];
    }

    private static async Task PublishAsync(ResortSystem system, JsonElement notification, string id, string eventId)
    {
        var topic = string.Concat(Name(notification).Select((c, i) => i > 0 && char.IsUpper(c) ? $"-{c}" : $"{c}")).ToLowerInvariant();
        using var client = new HttpClient();
        var answer = await client.PostAsJsonAsync(new Uri($"http://127.0.0.1:{system.Apps["notification"].SidecarHttp}/v1.0/publish/pubsub/{topic}?metadata.partitionKey={id}"), new Dictionary<string, string?>
        {
            ["eventid"] = eventId,
            ["reservationid"] = id,
            ["time"] = notification.GetProperty("time").GetString(),
            ["correlationid"] = notification.GetProperty("correlationid").GetString(),
        });
        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    private static IEnumerable<string> Taken(WebhookReceiver receiver) => receiver.Calls.Where(call => call.Status != 500).Select(call => call.IdempotencyKey!);

    private static IEnumerable<string> Names(IEnumerable<JsonElement> notifications) => notifications.Select(Name);

    private static string Name(JsonElement notification) => notification.GetProperty("event").GetString()!;

    private static string EventId(JsonElement notification) => notification.GetProperty("eventid").GetString()!;

    private static int Lines(ResortSystem system, string text) => system.Log.Split('\n').Count(line => line.Contains(text, StringComparison.Ordinal));
}
