using System.Net;
using System.Text.Json;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>Where a client begins, and the searches it comes to from there.</summary>
[Collection(SystemCollection.Name)]
public sealed class EntryTests(SystemFixture fixture)
{
    private readonly Customer customer = fixture.Customer;

    [Fact]
    public async Task The_first_address_is_a_page_for_people_and_links_for_programs()
    {
        var page = await GetAsync("", "text/html,application/xhtml+xml,*/*;q=0.8");
        (page.Status, page.ContentType).Should().Be((HttpStatusCode.OK, "text/html"));
        (await GetAsync("", "*/*")).ContentType.Should().Be("text/html");

        var entry = await GetAsync("", "application/hal+json");
        (entry.Status, entry.ContentType).Should().Be((HttpStatusCode.OK, "application/hal+json"));
        var collections = entry.Json.GetProperty("_links").EnumerateObject().Where(link => link.Value.Text("href")!.EndsWith("{?page,size,sort}", StringComparison.Ordinal)).ToList();
        collections.Should().HaveCountGreaterThan(3);
        foreach (var link in collections)
            (await customer.GetAsync(link.Value.Text("href")!.Split('{')[0])).Status.Should().Be(HttpStatusCode.OK, link.Name);
    }

    [Fact]
    public async Task A_reservation_is_found_by_status_and_ticket_and_offers_what_may_be_done_with_it()
    {
        var id = (await customer.BookAsync(Customer.Order("jeju-ocean", InDays(66))))["reservationid"]!;
        var confirmed = await customer.ViewAsync(id, view => view.Text("reservationstatus") == "Confirmed");
        Moves(confirmed).Should().Equal("cancel", "check-in");
        var waiting = (await customer.BookAsync(Customer.TransferOrder("jeju-ocean", InDays(66))))["reservationid"]!;
        Moves(await customer.ViewAsync(waiting, view => view.Text("reservationstatus") == "AwaitingDeposit")).Should().Equal("cancel", "deposit");

        (await IdsAsync($"findByTicketnumber?ticketnumber={confirmed.Text("ticketnumber")}")).Should().Equal(id);
        (await IdsAsync("findByTicketnumber?ticketnumber=none")).Should().BeEmpty();
        (await IdsAsync("findByReservationstatus?reservationstatus=AwaitingDeposit&size=500")).Should().Contain(waiting).And.NotContain(id);
        (await IdsAsync("findByReservationstatus?reservationstatus=AwaitingDeposit,Confirmed&size=500")).Should().Contain([waiting, id]);
        foreach (var wrong in new[] { "findByReservationstatus", "findByReservationstatus?reservationstatus=1", "findByTicketnumber" })
            (await customer.GetAsync($"views/search/{wrong}")).Status.Should().Be(HttpStatusCode.UnprocessableEntity, wrong);
    }

    [Theory]
    [InlineData("web/nothing.js")]
    [InlineData("web/..%2Fdapr%2Fsubscribe")]
    [InlineData("web/a/b/c.js")]
    [InlineData("web/appsettings")]
    public async Task Nothing_but_the_files_of_the_page_is_served(string path) => (await customer.GetAsync(path)).Status.Should().Be(HttpStatusCode.NotFound);

    private static readonly string[] moves = ["cancel", "deposit", "check-in"];

    private static IEnumerable<string> Moves(JsonElement view) =>
        view.GetProperty("_links").EnumerateObject().Where(link => moves.Contains(link.Name) && link.Value.Text("method") is not null).Select(link => link.Name);

    private Task<Answer> GetAsync(string path, string accept) => customer.SendAsync(HttpMethod.Get, path, headers: ("Accept", accept));

    private async Task<List<string>> IdsAsync(string search) =>
        [.. (await customer.GetAsync($"views/search/{search}")).Json.GetProperty("_embedded").GetProperty("views").EnumerateArray().Select(view => view.Text("reservationid")!)];
}
