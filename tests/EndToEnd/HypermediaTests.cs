using System.Net;
using System.Text.Json;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>Collections, links, entity tags and changes, as a client sees them who knows nothing but the first address.</summary>
[Collection(SystemCollection.Name)]
public sealed class HypermediaTests(SystemFixture fixture)
{
    private readonly Customer customer = fixture.Customer;

    [Theory]
    [InlineData("reservations", "reservationid")]
    [InlineData("payments", "paymentid")]
    [InlineData("issueds", "issuedid")]
    public async Task A_collection_comes_in_sorted_pages_whose_items_lead_to_their_owner(string name, string idField)
    {
        for (var n = 0; n < 3; n++) await ConfirmedAsync(InDays(60));
        var seen = new List<string>();
        for (var href = $"{name}?size=2&sort={idField},desc"; href is not null && seen.Count < 6;)
        {
            var page = (await customer.GetAsync(href)).Json;
            foreach (var item in page.GetProperty("_embedded").GetProperty(name).EnumerateArray())
            {
                var owner = await customer.GetAsync(Href(item, "self")!);
                owner.Status.Should().Be(HttpStatusCode.OK);
                Links(owner.Json).Should().Contain(Links(item));
                seen.Add(item.GetProperty(idField).GetString()!);
            }
            href = Href(page, "next");
        }
        seen.Should().BeInDescendingOrder(StringComparer.Ordinal).And.OnlyHaveUniqueItems().And.HaveCountGreaterThan(2);
    }

    [Theory]
    [InlineData("reservations?sort=needs")]
    [InlineData("payments?sort=paymentid,up")]
    [InlineData("views?size=0")]
    [InlineData("views/stream?reservationid=x")]
    public async Task What_a_collection_cannot_give_is_422(string path)
    {
        var answer = await customer.GetAsync(path);
        answer.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        answer.ContentType.Should().Be("application/problem+json");
    }

    [Fact]
    public async Task Whoever_has_a_resource_already_gets_304_until_it_changes()
    {
        var id = await ConfirmedAsync(InDays(61));
        var view = (await customer.GetAsync($"views/{id}")).Json;
        foreach (var path in new[] { $"reservations/{id}", Href(view, "payment")!, Href(view, "ticket")!, "resorts/jeju-ocean" })
        {
            var first = await customer.GetAsync(path);
            var again = await GetAsync(path, ("If-None-Match", Tag(first)));
            again.Status.Should().Be(HttpStatusCode.NotModified, path);
            again.Body.Should().BeEmpty();
            Tag(again).Should().Be(Tag(first));
        }
        var tag = Tag(await customer.GetAsync($"reservations/{id}"));
        await customer.CancelAsync(id);
        await Probe.UntilAsync("the reservation is another one", () => GetAsync($"reservations/{id}", ("If-None-Match", tag)), answer => answer.Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Contact_and_needs_can_be_changed_and_the_view_follows()
    {
        var id = await ConfirmedAsync(InDays(62));
        var changed = await ChangeAsync(id, """{"needs":"a quiet room","email":"minji@example.com"}""");
        changed.Status.Should().Be(HttpStatusCode.OK, changed.Body);
        changed["needs"].Should().Be("a quiet room");
        changed["phone"].Should().Be("010-1234-5678");
        await customer.ViewAsync(id, view => view.Text("needs") == "a quiet room" && view.Text("email") == "minji@example.com" && Events(view).Contains("ReservationChanged"));

        (await ChangeAsync(id, """{"email":null}"""))["email"].Should().BeNull();
        var last = await customer.ViewAsync(id, view => !view.TryGetProperty("email", out _) && view.Text("needs") == "a quiet room");
        last.Text("reservationstatus").Should().Be("Confirmed");
        (await customer.GetAsync($"reservations/{id}"))["needs"].Should().Be("a quiet room");
    }

    [Theory]
    [InlineData("""{"cost":1}""", "cost")]
    [InlineData("""{"needs":7}""", "needs")]
    [InlineData("""{"phone":null}""", "phone")]
    [InlineData("""{"phone":"none"}""", "phone")]
    [InlineData("""{"email":"nowhere"}""", "email")]
    [InlineData("[]", "body")]
    public async Task A_wrong_change_is_422_and_named(string change, string field)
    {
        var id = await BookedAsync(InDays(63));
        var answer = await ChangeAsync(id, change);
        answer.Status.Should().Be(HttpStatusCode.UnprocessableEntity, answer.Body);
        answer.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(field);
    }

    [Fact]
    public async Task A_change_is_made_only_to_what_was_looked_at_and_only_while_it_makes_sense()
    {
        var id = await ConfirmedAsync(InDays(64));
        var tag = Tag(await customer.GetAsync($"reservations/{id}"));
        var changed = await ChangeAsync(id, """{"needs":"one"}""", ("If-Match", tag));
        changed.Status.Should().Be(HttpStatusCode.OK, changed.Body);
        (await ChangeAsync(id, """{"needs":"two"}""", ("If-Match", tag))).Status.Should().Be(HttpStatusCode.PreconditionFailed);
        (await ChangeAsync(id, """{"needs":"three"}""", ("If-Match", Tag(changed)))).Status.Should().Be(HttpStatusCode.OK);

        await customer.CancelAsync(id);
        await customer.ViewAsync(id, view => view.Text("reservationstatus") == "Cancelled");
        Links((await customer.GetAsync($"reservations/{id}")).Json).Should().NotContainKey("change").And.NotContainKey("cancel");
        (await ChangeAsync(id, """{"needs":"four"}""")).Status.Should().Be(HttpStatusCode.Conflict);
        (await ChangeAsync(Guid.NewGuid().ToString(), "{}")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_prefers_little_gets_status_and_headers()
    {
        var booked = await customer.BookAsync(Customer.Order("jeju-ocean", InDays(65)), ("Prefer", "return=minimal"));
        booked.Status.Should().Be(HttpStatusCode.Created);
        booked.Body.Should().BeEmpty();
        booked.Headers!.GetValues("Preference-Applied").Should().Equal("return=minimal");

        var changed = await customer.SendAsync(HttpMethod.Patch, booked.Location!, """{"needs":"little"}""", "application/merge-patch+json", ("Prefer", "return=minimal"));
        changed.Status.Should().Be(HttpStatusCode.NoContent);
        Tag(changed).Should().NotBeEmpty();

        var declined = await customer.BookAsync(Customer.Order("jeju-ocean", InDays(65), cardToken: "tok_declined"), ("Prefer", "return=minimal"));
        declined.ContentType.Should().Be("application/problem+json");
    }

    private async Task<string> BookedAsync(DateOnly day) => (await customer.BookAsync(Customer.Order("jeju-ocean", day)))["reservationid"]!;

    private async Task<string> ConfirmedAsync(DateOnly day)
    {
        var id = await BookedAsync(day);
        await customer.ViewAsync(id, view => view.Text("reservationstatus") == "Confirmed");
        return id;
    }

    private Task<Answer> ChangeAsync(string id, string change, params (string, string)[] headers) =>
        customer.SendAsync(HttpMethod.Patch, $"reservations/{id}", change, headers: headers);

    private Task<Answer> GetAsync(string path, params (string, string)[] headers) => customer.SendAsync(HttpMethod.Get, path, headers: headers);

    private static string Tag(Answer answer) => answer.Headers!.GetValues("ETag").Single();

    private static IEnumerable<string?> Events(JsonElement view) => view.GetProperty("timeline").EnumerateArray().Select(entry => entry.GetProperty("event").GetString());

    private static Dictionary<string, string> Links(JsonElement resource) =>
        resource.GetProperty("_links").EnumerateObject().ToDictionary(link => link.Name, link => link.Value.GetProperty("href").GetString()!);

    private static string? Href(JsonElement resource, string rel) => Links(resource).GetValueOrDefault(rel);
}
