using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Resort.Defaults;
using Resort.View.Features;

namespace Resort.Tests.Unit.View;

public sealed class CollectionTests : IAsyncLifetime, IDisposable
{
    private const int Reservations = 12;
    private readonly ReadModel model = new();
    private WebApplication app = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.Services.AddSingleton(model.Reader);
        app = builder.Build();
        GetViews.Map(app);
        SearchViews.Map(app);
        GetCollections.Map(app);
        await app.StartAsync();
        for (var n = 1; n <= Reservations; n++)
            await model.Writer.WriteAsync([.. ReadModel.Story(n).Take(n)]); // the first is held, the last is cancelled
    }

    [Theory]
    [InlineData("reservations", 12)]
    [InlineData("payments", 11)]
    [InlineData("issueds", 9)]
    [InlineData("views", 12)]
    public async Task Following_next_shows_each_exactly_once(string name, int expected)
    {
        var seen = new List<string>();
        for (string? href = $"/{name}?size=5&sort=reservationid"; href is not null;)
        {
            var page = await GetAsync(href);
            seen.AddRange(Items(page, name).Select(item => item.GetProperty("_links").GetProperty("self").GetProperty("href").GetString()!));
            href = page.GetProperty("_links").TryGetProperty("next", out var next) ? next.GetProperty("href").GetString() : null;
        }
        seen.Should().HaveCount(expected).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Without_being_asked_the_newest_come_first() =>
        Items(await GetAsync("/views?size=2"), "views").Select(Id).Should().Equal(Orders.Id(12), Orders.Id(11));

    [Fact]
    public async Task Several_fields_sort_in_their_order()
    {
        var sorted = Items(await GetAsync("/reservations?sort=reservationstatus&sort=reservationid,desc"), "reservations")
            .Select(item => (Status: item.GetProperty("reservationstatus").GetString()!, Id: Id(item))).ToList();

        sorted.Should().Equal(sorted.OrderBy(item => item.Status, StringComparer.Ordinal).ThenByDescending(item => item.Id, StringComparer.Ordinal));
        sorted.Select(item => item.Status).Distinct().Should().HaveCountGreaterThan(3);
    }

    [Fact]
    public async Task An_item_offers_what_its_owner_offers()
    {
        var items = Items(await GetAsync("/reservations"), "reservations").ToDictionary(item => item.GetProperty("reservationid").GetString()!, Links);

        items[Orders.Id(1)].Should().Equal("self", "resort", "view", "change", "cancel"); // held
        items[Orders.Id(5)].Should().Equal("self", "resort", "view", "payment", "ticket", "change", "cancel"); // confirmed
        items[Orders.Id(6)].Should().Equal("self", "resort", "view", "payment", "ticket"); // being cancelled
        items[Orders.Id(11)].Should().Equal("self", "resort", "view", "payment", "ticket"); // cancelled
        Links(Items(await GetAsync("/issueds?sort=reservationid"), "issueds")[0]).Should().Equal("self", "reservation", "check-in");
    }

    [Theory]
    [InlineData("views?page=100")]
    [InlineData("views/search/findByPhone?phone=nobody")]
    public async Task An_empty_page_is_a_page(string path)
    {
        var page = await GetAsync(path);

        Items(page, "views").Should().BeEmpty();
        page.GetProperty("page").GetProperty("size").GetInt32().Should().Be(20);
    }

    [Theory]
    [InlineData("reservations?sort=timeline", "timeline")]
    [InlineData("payments?sort=name,asc", "name")]
    [InlineData("views?sort=cost,up", "up")]
    [InlineData("views?page=-1", "page")]
    [InlineData("views?size=501", "size")]
    [InlineData("views/search/findByPhone?phone=1&sort=x", "x")]
    public async Task What_cannot_be_asked_for_is_422_and_named(string path, string named)
    {
        var answer = await app.GetTestClient().GetAsync(path);

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString().Should().Contain(named);
    }

    private Task<JsonElement> GetAsync(string path) => app.GetTestClient().GetFromJsonAsync<JsonElement>(path);

    private static List<JsonElement> Items(JsonElement page, string name) => [.. page.GetProperty("_embedded").GetProperty(name).EnumerateArray()];

    private static string Id(JsonElement item) => item.GetProperty("reservationid").GetString()!;

    private static IEnumerable<string> Links(JsonElement item) => item.GetProperty("_links").EnumerateObject().Select(link => link.Name);

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    public void Dispose() => model.Dispose();
}
