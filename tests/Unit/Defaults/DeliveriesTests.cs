using System.Net.Http.Json;
using System.Text.Json;
using Dapr.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NSubstitute;
using Resort.Contracts;
using Resort.Contracts.Events;
using Resort.Defaults;

namespace Resort.Tests.Unit.Defaults;

/// <summary>Batches as Dapr sends them, through a real endpoint.</summary>
public sealed class DeliveriesTests : IAsyncLifetime
{
    private readonly List<string> handled = [];
    private readonly List<DeliveryFailed> told = [];
    private WebApplication app = null!;
    private HttpClient dapr = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(Sidecar()).AddSingleton<TimeProvider>(new ManualClock()).AddSingleton<DeliveryFailures>();
        app = builder.Build();
        app.MapEvents<PaymentVoided>(Apps.Issue, (events, _, _) =>
        {
            if (events.Any(voided => voided.PaymentId == "poison"))
                throw new IOException("the store is away");
            handled.AddRange(events.Select(voided => voided.PaymentId));
            return Task.CompletedTask;
        });
        app.MapSubscribeHandler();
        await app.StartAsync();
        dapr = app.GetTestClient();
    }

    public async Task DisposeAsync()
    {
        dapr.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_batch_is_handled_at_once() =>
        (await DeliverAsync(Entry("1", "a"), Entry("2", "b"))).Should().Equal("1 SUCCESS", "2 SUCCESS");

    [Fact]
    public async Task What_cannot_be_handled_is_tried_again_and_does_not_hold_up_its_neighbours()
    {
        (await DeliverAsync(Entry("1", "a"), Entry("2", "poison"), Entry("3", "b")))
            .Should().Equal("1 SUCCESS", "2 RETRY", "3 SUCCESS");
        handled.Should().Equal("a", "b");
        told.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            App = "issue",
            FailedTopic = Topics.PaymentVoided,
            Events = new[] { new FailedEvent("poison:PaymentVoided", "the store is away") },
        });
    }

    public static TheoryData<object> Unreadable =>
    [
        new { id = "x", data = new { nonsense = true } }, new { id = "x", data = (object?)null }, new { id = "x", data = "text" },
        new { id = 5 }, new { }, new[] { 1 }, "text",
    ];

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task What_cannot_be_read_goes_to_the_dead_letters_and_does_not_hold_up_its_neighbours(object poison)
    {
        (await DeliverAsync(new { entryId = "1", @event = poison }, Entry("2", "a"))).Should().Equal("1 DROP", "2 SUCCESS");
        told.Should().ContainSingle().Which.Events.Should().ContainSingle().Which.Reason.Should().StartWith("It cannot be read");
    }

    [Fact]
    public async Task The_subscription_is_a_bulk_one_with_a_dead_letter_topic_of_the_consumer()
    {
        var subscription = (await dapr.GetFromJsonAsync<JsonElement>("/dapr/subscribe"))[0];

        subscription.GetProperty("topic").GetString().Should().Be(Topics.PaymentVoided);
        subscription.GetProperty("deadLetterTopic").GetString().Should().Be("issue-dead");
        subscription.GetProperty("bulkSubscribe").GetProperty("enabled").GetBoolean().Should().BeTrue();
    }

    private async Task<IEnumerable<string>> DeliverAsync(params object[] entries)
    {
        using var answer = await dapr.PostAsJsonAsync("/events/payment-voided", new { id = "batch", topic = Topics.PaymentVoided, entries });
        var statuses = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("statuses");
        return statuses.EnumerateArray().Select(entry => $"{entry.GetProperty("entryId")} {entry.GetProperty("status")}").Order();
    }

    private DaprClient Sidecar()
    {
        var sidecar = Substitute.For<DaprClient>();
        sidecar.PublishEventAsync(Components.PubSub, Topics.DeliveryFailed, Arg.Do<DeliveryFailed>(told.Add), Arg.Any<CancellationToken>()).Returns(Task.CompletedTask);
        return sidecar;
    }

    private static object Entry(string entryId, string paymentId) => new
    {
        entryId,
        @event = new
        {
            id = $"{paymentId}:PaymentVoided",
            type = "PaymentVoided",
            data = new { eventid = $"{paymentId}:PaymentVoided", reservationid = "r", paymentid = paymentId, time = "2026-11-21T03:00:00Z", correlationid = "c" },
        },
    };
}
