using System.Net.Http.Json;
using System.Text.Json;
using Dapr.AspNetCore;
using Microsoft.AspNetCore.Builder;

namespace Resort.Tests.Sdk.AspNetCore;

public class BulkSubscribeTests
{
    [Fact]
    public async Task A_batch_is_read_and_answered_event_by_event()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseCloudEvents();
            web.MapPost("/batch", (BulkSubscribeMessage<BulkMessageModel<Held>> batch) =>
                new BulkSubscribeAppResponse([.. batch.Entries.Select(entry => new BulkSubscribeAppResponseEntry(entry.EntryId, Decide(entry.Event.Data)))]));
        });
        using var answer = await app.Http.PostAsJsonAsync("/batch", JsonSerializer.SerializeToElement(new
        {
            topic = "t",
            metadata = new { pubsubName = "ps" },
            entries = new[] { Entry("a", 2), Entry("b", 1) },
        }));
        (await answer.Content.ReadAsStringAsync()).Should().Be("""{"statuses":[{"entryId":"a","status":"SUCCESS"},{"entryId":"b","status":"RETRY"}]}""");
    }

    private static BulkSubscribeAppResponseStatus Decide(Held held) =>
        held.Rooms > 1 ? BulkSubscribeAppResponseStatus.SUCCESS : BulkSubscribeAppResponseStatus.RETRY;

    private static object Entry(string id, int rooms) => new
    {
        entryId = id,
        contentType = "application/cloudevents+json",
        metadata = new { },
        @event = new { id, source = "reservation", type = "held", specversion = "1.0", datacontenttype = "application/json", data = new { rooms } },
    };

    private sealed record Held(int Rooms);
}
