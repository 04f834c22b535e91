using Dapr;
using Dapr.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Resort.Tests.Sdk.Surface;

/// <summary>Uses every member for applications with every parameter named. Never run: it must compile, here and with the official packages.</summary>
internal static class EveryAspNetCoreMember
{
    public static void Register(IServiceCollection services)
    {
        services.AddDaprClient();
        services.AddDaprClient(configure: builder => builder.UseHttpEndpoint("http://localhost:3500"), lifetime: ServiceLifetime.Scoped);
        services.AddDaprClient(configure: (provider, builder) => builder.UseDaprApiToken(provider.GetRequiredService<string>()), lifetime: ServiceLifetime.Singleton);
        services.AddAuthentication().AddDapr().AddDapr(configureOptions: options => options.Token += "token");
        services.AddAuthorization(options => options.AddDapr(name: "Dapr"));
        services.AddSingleton(new DaprAuthenticationOptions { Token = "token" });
    }

    public static void Use(WebApplication app)
    {
        app.UseCloudEvents();
        var options = new CloudEventsMiddlewareOptions
        {
            SuppressJsonDecodingOfTextPayloads = true,
            ForwardCloudEventPropertiesAsHeaders = true,
            IncludedCloudEventPropertiesAsHeaders = ["id"],
            ExcludedCloudEventPropertiesFromHeaders = ["id"],
        };
        app.UseCloudEvents(options: options);
        app.MapSubscribeHandler().WithMetadata(options);
        app.MapSubscribeHandler(options: new SubscribeOptions { EnableRawPayload = true });
    }

    public static RouteHandlerBuilder Subscribe(WebApplication app, Dictionary<string, string> metadata)
    {
        var topic = new TopicOptions
        {
            Name = "t",
            PubsubName = "p",
            EnableRawPayload = true,
            Match = "true",
            Priority = 1,
            OwnedMetadatas = ["own"],
            MetadataSeparator = ",",
            DeadLetterTopic = "dead",
            Metadata = metadata,
        };
        return app.MapPost("/", Attributed)
            .WithTopic(pubsubName: "p", name: "t")
            .WithTopic(pubsubName: "p", name: "t", metadata: metadata)
            .WithTopic(pubsubName: "p", name: "t", enableRawPayload: true)
            .WithTopic(pubsubName: "p", name: "t", enableRawPayload: true, metadata: metadata)
            .WithTopic(topicOptions: topic)
            .WithBulkSubscribe(bulkSubscribeTopicOptions: new BulkSubscribeTopicOptions { TopicName = "t", MaxMessagesCount = 1, MaxAwaitDurationMs = 1 });
    }

    [Topic("p", "t")]
    [Topic("p", "t", false)]
    [Topic("p", "t", "dead", false)]
    [Topic("p", "t", "true", 1)]
    [Topic("p", "t", false, "true", 1)]
    [Topic("p", "t", Match = "true", Priority = 1, DeadLetterTopic = "dead", OwnedMetadatas = ["own"], MetadataSeparator = ",", Name = "t", PubsubName = "p")]
    [Topic(pubsubName: "p", name: "t", ownedMetadatas: ["own"], metadataSeparator: ",")]
    [Topic(pubsubName: "p", name: "t", enableRawPayload: true, ownedMetadatas: ["own"], metadataSeparator: ",")]
    [Topic(pubsubName: "p", name: "t", match: "true", priority: 1, ownedMetadatas: ["own"], metadataSeparator: ",")]
    [Topic(pubsubName: "p", name: "t", enableRawPayload: true, match: "true", priority: 1, ownedMetadatas: ["own"], metadataSeparator: ",")]
    [Topic(pubsubName: "p", name: "t", deadLetterTopic: "dead", enableRawPayload: true, ownedMetadatas: ["own"], metadataSeparator: ",")]
    [TopicMetadata(name: "k", value: "v")]
    [TopicMetadata(id: "own", name: "k", value: "v")]
    [BulkSubscribe(topicName: "t")]
    [BulkSubscribe(topicName: "t", maxMessagesCount: 1)]
    [BulkSubscribe(topicName: "t", maxMessagesCount: 1, maxAwaitDurationMs: 1)]
    private static BulkSubscribeAppResponse Attributed(BulkSubscribeMessage<BulkMessageModel<int>> batch)
    {
        var entry = batch.Entries[0];
        var message = new BulkMessageModel<int>(
            id: entry.Event.Id, source: entry.Event.Source, type: entry.Event.Type, specversion: entry.Event.Specversion,
            datacontenttype: entry.Event.Datacontenttype, data: entry.Event.Data);
        message = new BulkMessageModel<int> { Id = message.Id, Source = "s", Type = "t", Specversion = "1.0", Datacontenttype = "application/json", Data = 1 };
        var made = new BulkSubscribeMessageEntry<BulkMessageModel<int>>(entryId: entry.EntryId, contentType: entry.ContentType, metadata: entry.Metadata, eventData: message);
        made = new BulkSubscribeMessageEntry<BulkMessageModel<int>> { EntryId = made.EntryId, ContentType = made.ContentType, Metadata = made.Metadata, Event = made.Event };
        batch = new BulkSubscribeMessage<BulkMessageModel<int>>(entries: [made], topic: batch.Topic, metadata: batch.Metadata);
        batch = new BulkSubscribeMessage<BulkMessageModel<int>> { Entries = batch.Entries, Topic = batch.Topic, Metadata = batch.Metadata };
        var status = new BulkSubscribeAppResponseEntry(entryId: batch.Entries[0].EntryId, status: BulkSubscribeAppResponseStatus.SUCCESS);
        status = new BulkSubscribeAppResponseEntry(status.EntryId, status.Status == "RETRY" ? BulkSubscribeAppResponseStatus.RETRY : BulkSubscribeAppResponseStatus.DROP);
        return new BulkSubscribeAppResponse(statuses: new BulkSubscribeAppResponse([status]).Statuses);
    }

    public static string Read(
        ITopicMetadata topic, IRawTopicMetadata raw, IOriginalTopicMetadata value, IOwnedOriginalTopicMetadata owned, IDeadLetterTopicMetadata dead, IBulkSubscribeMetadata bulk) =>
        $"{topic.Name}{topic.PubsubName}{topic.Match}{topic.Priority}{raw.EnableRawPayload}{value.Id}{value.Name}{value.Value}{owned.OwnedMetadatas}{owned.MetadataSeparator}"
        + $"{dead.DeadLetterTopic}{bulk.MaxMessagesCount}{bulk.MaxAwaitDurationMs}{bulk.TopicName}";
}
