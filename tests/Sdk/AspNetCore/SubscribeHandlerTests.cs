using System.Net;
using Dapr;
using Dapr.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Resort.Tests.Sdk.AspNetCore;

/// <summary>What <c>GET /dapr/subscribe</c> says about an application's endpoints.</summary>
public class SubscribeHandlerTests
{
    private static readonly Dictionary<string, string> metadata = new() { ["k1"] = "v1", ["k2"] = "v2" };

    [Fact]
    public async Task Nothing_declared_is_an_empty_list_without_content_type()
    {
        await using var app = await TestApp.StartAsync(web => web.MapSubscribeHandler());
        using var answer = await app.Http.GetAsync("/dapr/subscribe");
        answer.Content.Headers.ContentType.Should().BeNull();
        (await answer.Content.ReadAsStringAsync()).Should().Be("[]");
    }

    [Fact]
    public Task Routes_have_no_leading_slash_and_topics_are_sorted() => Lists(
        web =>
        {
            web.MapPost("/b", Handle).WithTopic("ps", "b");
            web.MapGroup("/group").MapPost("/a", Handle).WithTopic("ps", "a");
            web.MapPost("/z", Handle).WithTopic("other", "z");
        },
        """[{"topic":"z","pubsubName":"other","route":"z"},{"topic":"a","pubsubName":"ps","route":"group/a"},{"topic":"b","pubsubName":"ps","route":"b"}]""");

    [Fact]
    public Task Values_for_the_component_are_listed() => Lists(
        web => web.MapPost("/t", Handle).WithTopic("ps", "t", metadata),
        """[{"topic":"t","pubsubName":"ps","route":"t","metadata":{"k1":"v1","k2":"v2"}}]""");

    [Fact]
    public Task Bare_payloads_are_metadata() => Lists(
        web =>
        {
            web.MapPost("/a", Handle).WithTopic("ps", "a", enableRawPayload: true);
            web.MapPost("/b", Handle).WithTopic("ps", "b", true, metadata);
            web.MapPost("/c", Handle).WithTopic("ps", "c", false);
        },
        """[{"topic":"a","pubsubName":"ps","route":"a","metadata":{"rawPayload":"true"}},"""
        + """{"topic":"b","pubsubName":"ps","route":"b","metadata":{"k1":"v1","k2":"v2","rawPayload":"true"}},{"topic":"c","pubsubName":"ps","route":"c"}]""");

    [Fact]
    public Task Bare_payloads_can_be_the_rule() => Lists(
        web => web.MapPost("/a", Handle).WithTopic("ps", "a"),
        """[{"topic":"a","pubsubName":"ps","route":"a","metadata":{"rawPayload":"true"}}]""",
        new SubscribeOptions { EnableRawPayload = true });

    [Fact]
    public Task Values_of_one_name_are_joined_and_shared_by_the_topics_of_an_endpoint() => Lists(
        web => web.MapPost("/t", Handle)
            .WithTopic("ps", "a", new Dictionary<string, string> { ["k"] = "1" })
            .WithTopic("ps", "b", new Dictionary<string, string> { ["k"] = "2" }),
        """[{"topic":"a","pubsubName":"ps","route":"t","metadata":{"k":"1,2"}},{"topic":"b","pubsubName":"ps","route":"t","metadata":{"k":"1,2"}}]""");

    [Fact]
    public Task A_topic_has_its_own_values_and_separator() => Lists(
        web => web.MapPost(
            "/t",
            [Topic("ps", "a", ["own"], "|"), Topic("ps", "b"), TopicMetadata("own", "k", "1"), TopicMetadata("own", "k", "2"), TopicMetadata("own", "k", "2")]
        (HttpContext _) =>
            { }),
        """[{"topic":"a","pubsubName":"ps","route":"t","metadata":{"k":"1|2"}},{"topic":"b","pubsubName":"ps","route":"t"}]""");

    [Fact]
    public Task Options_say_everything_but_the_separator() => Lists(
        web => web.MapPost("/t", Handle).WithTopic(new TopicOptions
        {
            PubsubName = "ps",
            Name = "t",
            DeadLetterTopic = "dead",
            EnableRawPayload = true,
            Match = "event.type == 'x'",
            Priority = 3,
            Metadata = metadata,
            MetadataSeparator = "|",
            OwnedMetadatas = ["none"],
        }),
        """[{"topic":"t","pubsubName":"ps","routes":{"rules":[{"match":"event.type == \u0027x\u0027","path":"t"}]},"metadata":"""
        + """{"k1":"v1","k2":"v2","rawPayload":"true"},"deadLetterTopic":"dead"}]""");

    [Fact]
    public Task Rules_are_tried_by_priority_before_the_default() => Lists(
        web =>
        {
            web.MapPost("/one", [Topic("ps", "t", "event.type == 1", 2)] (HttpContext _) => { });
            web.MapPost("/two", [Topic("ps", "t", Match = "event.type == 2", Priority = 1)] (HttpContext _) => { });
            web.MapPost("/rest", Handle).WithTopic("ps", "t");
        },
        """[{"topic":"t","pubsubName":"ps","routes":{"default":"rest","rules":"""
        + """[{"match":"event.type == 2","path":"two"},{"match":"event.type == 1","path":"one"}]}}]""");

    [Fact]
    public Task The_entry_of_lowest_priority_gives_the_dead_letter_topic() => Lists(
        web =>
        {
            web.MapPost("/rule", [Topic("ps", "t", Match = "true", Priority = 1, DeadLetterTopic = "hidden")] (HttpContext _) => { });
            web.MapPost("/rest", [Topic("ps", "t", "dead", false)] (HttpContext _) => { });
        },
        """[{"topic":"t","pubsubName":"ps","routes":{"default":"rest","rules":[{"match":"true","path":"rule"}]},"deadLetterTopic":"dead"}]""");

    [Fact]
    public Task The_first_of_two_default_routes_wins() => Lists(
        web =>
        {
            web.MapPost("/first", Handle).WithTopic("ps", "t");
            web.MapPost("/second", Handle).WithTopic("ps", "t");
        },
        """[{"topic":"t","pubsubName":"ps","route":"first"}]""");

    [Fact]
    public Task Batches_are_declared_per_topic() => Lists(
        web =>
        {
            var small = new BulkSubscribeTopicOptions { TopicName = "a", MaxMessagesCount = 7, MaxAwaitDurationMs = 9 };
            web.MapPost("/a", Handle).WithTopic("ps", "a").WithBulkSubscribe(small);
            web.MapPost("/b", [Topic("ps", "b"), BulkSubscribe("b")] (HttpContext _) => { });
            web.MapPost("/c", [Topic("ps", "c"), BulkSubscribe("another", 5)] (HttpContext _) => { });
        },
        """[{"topic":"a","pubsubName":"ps","route":"a","bulkSubscribe":{"enabled":true,"maxMessagesCount":7,"maxAwaitDurationMs":9}},"""
        + """{"topic":"b","pubsubName":"ps","route":"b","bulkSubscribe":{"enabled":true,"maxMessagesCount":100,"maxAwaitDurationMs":1000}},"""
        + """{"topic":"c","pubsubName":"ps","route":"c"}]""");

    [Fact]
    public async Task A_route_with_parameters_cannot_be_subscribed()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.MapSubscribeHandler();
            web.MapPost("/t/{id}", Handle).WithTopic("ps", "t");
        });
        using var answer = await app.Http.GetAsync("/dapr/subscribe");
        answer.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
    }

    [Fact]
    public void A_topic_needs_names()
    {
        ((Func<object>)(() => new TopicAttribute("", "t"))).Should().Throw<ArgumentException>().Which.ParamName.Should().Be("pubsubName");
        ((Func<object>)(() => new TopicAttribute("ps", null!))).Should().Throw<ArgumentNullException>().Which.ParamName.Should().Be("name");
        ((Func<object>)(() => new TopicMetadataAttribute("", "v"))).Should().Throw<ArgumentException>();
        ((Func<object>)(() => new TopicMetadataAttribute("", "k", "v"))).Should().Throw<ArgumentException>();
    }

    private static Task Handle(HttpContext context) => Task.CompletedTask;

    private static async Task Lists(Action<WebApplication> map, string expected, SubscribeOptions? options = null)
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            _ = options is null ? web.MapSubscribeHandler() : web.MapSubscribeHandler(options);
            map(web);
        });
        (await app.Http.GetStringAsync("/dapr/subscribe")).Should().Be(expected);
    }
}
