using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Resort.Defaults;
using Resort.Tests.Harness;
using Resort.View.Features;

namespace Resort.Tests.View;

[Collection(DatabaseCollection.Name)]
public sealed class StreamTests(Databases databases) : IAsyncLifetime
{
    private const int Most = 500;
    private static readonly TimeSpan deadline = TimeSpan.FromSeconds(20);
    private ReadModel model = null!;
    private WebApplication app = null!;

    [Theory, OnEach]
    public async Task Every_change_is_told_once_in_order_with_its_place_in_the_log(string database)
    {
        await StartAsync(database);
        using var listener = await ListenAsync();
        foreach (var logged in Stories.Of(1))
            await model.Writer.WriteAsync([logged, logged]);

        var told = await listener.ReadAsync(11);

        told.Select(change => change.Name).Should().Equal(Stories.Of(1).Select(logged => logged.Name));
        told.Select(change => change.Id).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        told[^1].Data.Should().Contain("\"reservationstatus\":\"Cancelled\"").And.Contain($"/views/{Stories.Id(1)}").And.NotContain("Kim Minji");
    }

    [Theory, OnEach]
    public async Task Who_resumes_misses_nothing_and_gets_nothing_twice_also_when_the_service_was_started_again(string database)
    {
        await StartAsync(database);
        await model.Writer.WriteAsync([.. Stories.Of(1).Take(3)]);
        long last;
        using (var listener = await ListenAsync(lastEventId: 1))
            last = (await listener.ReadAsync(2))[^1].Id;
        await app.DisposeAsync();
        await model.Writer.WriteAsync([.. Stories.Of(1).Skip(3)]);
        await StartAsync(database);

        using var resumed = await ListenAsync(last);

        (await resumed.ReadAsync(8)).Select(change => change.Name).Should().Equal(Stories.Of(1).Skip(3).Select(logged => logged.Name));
    }

    [Theory, OnEach]
    public async Task Who_was_cut_off_before_anything_happened_knows_where_to_resume(string database)
    {
        await StartAsync(database);
        await model.Writer.WriteAsync(Stories.Of(1));
        using (var first = await ListenAsync())
            first.Position.Should().Be(11);
        await model.Writer.WriteAsync([Stories.Of(2)[0]]);

        using var resumed = await ListenAsync(lastEventId: 11);

        (await resumed.ReadAsync(1))[0].Data.Should().Contain(Stories.Id(2));
    }

    [Theory, OnEach]
    public async Task A_listener_for_one_reservation_hears_of_no_other(string database)
    {
        await StartAsync(database);
        using var listener = await ListenAsync(query: $"?reservationid={Stories.Id(2).ToUpperInvariant()}");
        await model.Writer.WriteAsync([.. Stories.Of(1), .. Stories.Of(2)]);

        (await listener.ReadAsync(11)).Should().OnlyContain(change => change.Data.Contains(Stories.Id(2)));
    }

    [Theory, OnEach]
    public async Task A_long_way_back_is_caught_up_page_by_page(string database)
    {
        await StartAsync(database);
        await model.Writer.WriteAsync([.. Enumerable.Range(1, 40).SelectMany(Stories.Of)]);

        using var listener = await ListenAsync(lastEventId: 0);

        (await listener.ReadAsync(440)).Select(change => change.Id).Should().Equal(Enumerable.Range(1, 440).Select(id => (long)id));
    }

    [Theory, OnEach]
    public async Task Silence_is_broken_by_comments(string database)
    {
        await StartAsync(database, new() { Heartbeat = TimeSpan.FromMilliseconds(20) });
        using var listener = await ListenAsync();

        (await listener.LineAsync(line => line.StartsWith(':'))).Should().Be(": still here");
    }

    [Theory, OnEach]
    public async Task Who_does_not_take_what_he_is_sent_is_cut_off_and_resumes_where_he_was(string database)
    {
        await StartAsync(database, new() { Patience = TimeSpan.FromMilliseconds(100) });
        await model.Writer.WriteAsync([.. Enumerable.Range(1, 40).SelectMany(Stories.Of)]);
        for (var others = 0; others < Most - 1; others++)
            model.Listeners.TryAdd(null).Should().NotBeNull();
        using var slow = await ListenAsync(lastEventId: 0);

        using (await Probe.UntilAsync("there is room for another listener", () => Task.FromResult(model.Listeners.TryAdd(null)), room => room is not null))
        {
            // and it is free again for the one who resumes
        }

        var broken = await FluentActions.Awaiting(() => slow.ReadAsync(440)).Should().ThrowAsync<Exception>();
        broken.Which.Should().Match(e => e is IOException || e is OperationCanceledException);
        using var resumed = await ListenAsync(slow.Position);
        (await resumed.ReadAsync(440 - (int)slow.Position))[^1].Id.Should().Be(440);
    }

    [Theory, OnEach]
    public async Task A_stream_ends_when_the_service_stops(string database)
    {
        await StartAsync(database);
        using var listener = await ListenAsync();

        await app.StopAsync().WaitAsync(deadline);

        (await listener.RestAsync()).Should().BeEmpty();
    }

    [Theory]
    [OnEach("?reservationid=x", null, "reservationid")]
    [OnEach("", "x", "last-event-id")]
    [OnEach("", "-1", "last-event-id")]
    public async Task What_cannot_be_followed_is_422(string database, string query, string? lastEventId, string field)
    {
        await StartAsync(database);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/views/stream{query}");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        using var answer = await app.GetTestClient().SendAsync(request);

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(field);
    }

    [Theory, OnEach]
    public async Task One_too_many_is_503_until_another_one_leaves(string database)
    {
        await StartAsync(database);
        var listeners = Enumerable.Range(0, Most).Select(_ => model.Listeners.TryAdd(null)!).ToList();
        (await app.GetTestClient().GetAsync("/views/stream")).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);

        listeners[7].Dispose();

        using var listener = await ListenAsync();
        listener.Position.Should().Be(0);
    }

    private async Task StartAsync(string database, StreamSettings? settings = null)
    {
        model ??= await databases.OpenAsync(database);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.Services.AddSingleton(model.Log).AddSingleton(model.Listeners).AddSingleton(settings ?? new()).AddSingleton<StreamViews>();
        app = builder.Build();
        StreamViews.Map(app);
        await app.StartAsync();
    }

    private Task<EventStreamClient> ListenAsync(long? lastEventId = null, string query = "") =>
        EventStreamClient.ConnectAsync(app.GetTestClient(), $"/views/stream{query}", lastEventId);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await model.DisposeAsync();
    }
}
