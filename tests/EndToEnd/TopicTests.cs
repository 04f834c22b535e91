using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Resort.Contracts.Events;
using Resort.Tests.Harness;

namespace Resort.Tests.EndToEnd;

/// <summary>Nobody waits for what nobody tells: each topic that an app has subscribed to is one that somebody publishes to.</summary>
[Collection(SystemCollection.Name)]
public sealed class TopicTests(SystemFixture fixture)
{
    [Fact]
    public async Task Each_topic_that_is_subscribed_to_is_published()
    {
        var subscriptions = (await Task.WhenAll(fixture.System.Apps.Keys.Select(SubscriptionsAsync))).SelectMany(each => each).ToList();
        var deadLetters = subscriptions.Select(subscription => subscription.GetProperty("deadLetterTopic").GetString()!);

        subscriptions.Select(subscription => subscription.GetProperty("topic").GetString()!).Distinct().Should().NotBeEmpty().And.BeSubsetOf([.. Published(), .. deadLetters]);
    }

    /// <summary>The topics of the events that a service makes; how they leave (published, or by an outbox) is what the other tests are about.</summary>
    private static List<string> Published()
    {
        var sources = Directory.GetFiles(Repository.PathOf("services"), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/Contracts/") && !file.Contains("/obj/")).Select(File.ReadAllText).ToList();
        return [.. typeof(IPublished).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(IPublished)) && sources.Exists(source => Regex.IsMatch(source, $@"\bnew {type.Name}\b")))
            .Select(type => (string)type.GetProperty(nameof(IPublished.Topic), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!)];
    }

    private async Task<List<JsonElement>> SubscriptionsAsync(string app)
    {
        using var sidecar = fixture.System.SidecarOf(app);
        var metadata = await sidecar.GetFromJsonAsync<JsonElement>("v1.0/metadata");
        return metadata.TryGetProperty("subscriptions", out var all) ? [.. all.EnumerateArray()] : [];
    }
}
