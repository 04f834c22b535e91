using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Resort.Defaults;
using Resort.View.Features;

namespace Resort.Tests.View;

[Collection(DatabaseCollection.Name)]
public sealed class CollectionTests(Databases databases) : IAsyncLifetime
{
    private const int Reservations = 12;
    private ReadModel model = null!;
    private WebApplication app = null!;

    [Theory]
    [OnEach("reservations", 12)]
    [OnEach("payments", 11)]
    [OnEach("issueds", 9)]
    [OnEach("views", 12)]
    public async Task Following_next_shows_each_exactly_once(string database, string name, int expected)
    {
        await StartAsync(database);
        var seen = new List<string>();
        for (string? href = $"/{name}?size=5&sort=reservationid"; href is not null;)
        {
            var page = await GetAsync(href);
            seen.AddRange(Items(page, name).Select(item => item.GetProperty("_links").GetProperty("self").GetProperty("href").GetString()!));
            href = page.GetProperty("_links").TryGetProperty("next", out var next) ? next.GetProperty("href").GetString() : null;
        }
        seen.Should().HaveCount(expected).And.OnlyHaveUniqueItems();
    }

    [Theory, OnEach]
    public async Task Without_being_asked_the_newest_come_first(string database)
    {
        await StartAsync(database);
        Items(await GetAsync("/views?size=2"), "views").Select(Id).Should().Equal(Stories.Id(12), Stories.Id(11));
    }

    [Theory, OnEach]
    public async Task Several_fields_sort_in_their_order(string database)
    {
        await StartAsync(database);
        var sorted = Items(await GetAsync("/reservations?sort=reservationstatus&sort=reservationid,desc"), "reservations")
            .Select(item => (Status: item.GetProperty("reservationstatus").GetString()!, Id: Id(item))).ToList();

        sorted.Should().Equal(sorted.OrderBy(item => item.Status, StringComparer.Ordinal).ThenByDescending(item => item.Id, StringComparer.Ordinal));
        sorted.Select(item => item.Status).Distinct().Should().HaveCountGreaterThan(3);
    }

    [Theory, OnEach]
    public async Task An_item_offers_what_its_owner_offers(string database)
    {
        await StartAsync(database);
        var items = Items(await GetAsync("/reservations"), "reservations").ToDictionary(item => item.GetProperty("reservationid").GetString()!, Links);

        items[Stories.Id(1)].Should().Equal("self", "resort", "view", "change", "cancel"); // held
        items[Stories.Id(5)].Should().Equal("self", "resort", "view", "payment", "ticket", "change", "cancel"); // confirmed
        items[Stories.Id(6)].Should().Equal("self", "resort", "view", "payment", "ticket"); // being cancelled
        items[Stories.Id(11)].Should().Equal("self", "resort", "view", "payment", "ticket"); // cancelled
        Links(Items(await GetAsync("/issueds?sort=reservationid"), "issueds")[0]).Should().Equal("self", "reservation", "check-in");
    }

    [Theory]
    [OnEach("views?page=100")]
    [OnEach("views/search/findByPhone?phone=nobody")]
    public async Task An_empty_page_is_a_page(string database, string path)
    {
        await StartAsync(database);
        var page = await GetAsync(path);

        Items(page, "views").Should().BeEmpty();
        page.GetProperty("page").GetProperty("size").GetInt32().Should().Be(20);
    }

    [Theory]
    [OnEach("reservations?sort=timeline", "timeline")]
    [OnEach("payments?sort=name,asc", "name")]
    [OnEach("views?sort=cost,up", "up")]
    [OnEach("views?page=-1", "page")]
    [OnEach("views?size=501", "size")]
    [OnEach("views/search/findByPhone?phone=1&sort=x", "x")]
    public async Task What_cannot_be_asked_for_is_422_and_named(string database, string path, string named)
    {
        await StartAsync(database);
        var answer = await app.GetTestClient().GetAsync(path);

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString().Should().Contain(named);
    }

    private async Task StartAsync(string database)
    {
        model = await databases.OpenAsync(database);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.Services.AddSingleton(model.Queries);
        app = builder.Build();
        GetViews.Map(app);
        SearchViews.Map(app);
        GetCollections.Map(app);
        await app.StartAsync();
        for (var n = 1; n <= Reservations; n++)
            await model.Writer.WriteAsync([.. Stories.Of(n).Take(n)]); // the first is held, the last is cancelled
    }

    private Task<JsonElement> GetAsync(string path) => app.GetTestClient().GetFromJsonAsync<JsonElement>(path);

    private static List<JsonElement> Items(JsonElement page, string name) => [.. page.GetProperty("_embedded").GetProperty(name).EnumerateArray()];

    private static string Id(JsonElement item) => item.GetProperty("reservationid").GetString()!;

    private static IEnumerable<string> Links(JsonElement item) => item.GetProperty("_links").EnumerateObject().Select(link => link.Name);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await model.DisposeAsync();
    }
}
