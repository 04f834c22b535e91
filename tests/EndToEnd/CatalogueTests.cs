using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Resort.Tests.Harness;
using static Resort.Tests.EndToEnd.SystemFixture;

namespace Resort.Tests.EndToEnd;

/// <summary>What staff does: resorts, and how many rooms they offer on a night.</summary>
[Collection(SystemCollection.Name), Trait("DependsOn", "Set")]
public sealed class CatalogueTests(SystemFixture fixture)
{
    private readonly Customer customer = fixture.Customer;

    [Fact]
    public async Task A_new_resort_can_be_booked_at_once_and_a_changed_one_costs_what_it_costs_now()
    {
        var created = await PutAsync("resorts/sokcho-pier", Resort("Sokcho Pier", rate: 100_000));
        (created.Status, created.Location).Should().Be((HttpStatusCode.Created, "/resorts/sokcho-pier"));
        (await customer.GetAsync("resorts")).Body.Should().Contain("Sokcho Pier");
        (await customer.BookAsync(Customer.Order("Sokcho Pier", InDays(70), nights: 2)))["cost"].Should().Be("200000");

        (await PutAsync("resorts/sokcho-pier", Resort("Sokcho Pier", rate: 130_000))).Status.Should().Be(HttpStatusCode.OK);

        (await AvailabilityAsync("sokcho-pier", 70)).GetProperty("rate").GetInt64().Should().Be(130_000);
        (await customer.BookAsync(Customer.Order("sokcho-pier", InDays(70))))["cost"].Should().Be("130000");
        (await customer.BookAsync(With(Customer.Order("sokcho-pier", InDays(70)), "cost", 100_000))).Status.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Of_two_who_change_what_they_have_seen_one_is_told_that_it_is_not_so_any_more()
    {
        await PutAsync("resorts/gapyeong-river", Resort("Gapyeong River"));
        var tag = (await customer.GetAsync("resorts/gapyeong-river")).Headers!.ETag!.ToString();
        var answers = new[]
        {
            await customer.SendAsync(HttpMethod.Put, "resorts/gapyeong-river", Resort("Gapyeong River", rate: 1000).ToJsonString(), headers: ("If-Match", tag)),
            await customer.SendAsync(HttpMethod.Put, "resorts/gapyeong-river", Resort("Gapyeong River", rate: 2000).ToJsonString(), headers: ("If-Match", tag)),
            await customer.SendAsync(HttpMethod.Put, "resorts/nowhere-yet", Resort("Nowhere").ToJsonString(), headers: ("If-Match", "*")),
        };
        answers.Select(answer => answer.Status).Should().Equal(HttpStatusCode.OK, HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionFailed);
        (await customer.GetAsync("resorts/gapyeong-river"))["rate"].Should().Be("1000");
    }

    [Theory]
    [InlineData("region", "null", "region")]
    [InlineData("resort", "\"Jeju Ocean\"", "resort")]
    [InlineData("resort", "\"jeju-ocean\"", "resort")]
    [InlineData("resort", "\"a\\nb\"", "resort")]
    [InlineData("rate", "0", "rate")]
    [InlineData("rate", "\"much\"", "rate")]
    [InlineData("maxpersonsperroom", "21", "maxpersonsperroom")]
    [InlineData("defaultcapacity", "-1", "defaultcapacity")]
    public async Task A_resort_that_is_not_in_order_is_refused_field_by_field(string field, string json, string named)
    {
        var body = Resort("Somewhere");
        body[field] = JsonNode.Parse(json);
        var answer = await PutAsync("resorts/somewhere", body);
        answer.Status.Should().BeOneOf(HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest);
        answer.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(named);
        (await PutAsync("resorts/Some-Where", Resort("Somewhere"))).Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal("id");
        (await customer.GetAsync("resorts/somewhere")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_allotment_goes_up_and_down_but_never_below_what_is_sold()
    {
        var night = Night(71);
        (await customer.GetAsync(night))["capacity"].Should().Be("50");
        for (var n = 0; n < 3; n++) (await customer.BookAsync(Customer.Order("seorak-ridge", InDays(71)))).Status.Should().Be(HttpStatusCode.Created);

        var refused = await PutAsync(night, Capacity(2));
        (refused.Status, refused["type"], refused["sold"], refused["held"]).Should().Be((HttpStatusCode.Conflict, "urn:resort:below_taken", "3", "0"));
        (await AvailabilityAsync("seorak-ridge", 71)).GetProperty("free").GetInt32().Should().Be(47);

        var lowered = await PutAsync(night, Capacity(3));
        (lowered.Status, lowered["sold"], lowered["free"]).Should().Be((HttpStatusCode.OK, "3", "0"));
        (await customer.BookAsync(Customer.Order("seorak-ridge", InDays(70), nights: 2))).Status.Should().Be(HttpStatusCode.Conflict);
        (await PutAsync(night, Capacity(4))).Status.Should().Be(HttpStatusCode.OK);
        (await customer.BookAsync(Customer.Order("seorak-ridge", InDays(71)))).Status.Should().Be(HttpStatusCode.Created);
        (await AvailabilityAsync("seorak-ridge", 71)).GetProperty("free").GetInt32().Should().Be(0);
    }

    [Fact]
    public async Task Bookings_and_changes_of_the_allotment_at_the_same_time_sell_nothing_twice()
    {
        var night = Night(72);
        var bookings = Enumerable.Range(0, 60).Select(_ => customer.BookAsync(Customer.Order("seorak-ridge", InDays(72))));
        var changes = Enumerable.Range(0, 30).Select(n => PutAsync(night, Capacity(5 + 7 * (n % 4))));
        var booked = Task.WhenAll(bookings);
        foreach (var change in changes) (await change).Status.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.Conflict);

        var sold = (await booked).Count(answer => answer.Status is HttpStatusCode.Created);
        var allotment = (await customer.GetAsync(night)).Json;
        (allotment.GetProperty("sold").GetInt32(), allotment.GetProperty("held").GetInt32()).Should().Be((sold, 0));
        allotment.GetProperty("free").GetInt32().Should().BeGreaterOrEqualTo(0);
    }

    [Theory]
    [InlineData("resorts/seorak-ridge/allotments/2020-01-01", "{\"capacity\":1}", "date")]
    [InlineData("resorts/seorak-ridge/allotments/tomorrow", "{\"capacity\":1}", "date")]
    [InlineData("resorts/seorak-ridge/allotments/9999-12-31", "{\"capacity\":1}", "date")]
    [InlineData(null, "{\"capacity\":-1}", "capacity")]
    [InlineData(null, "{}", "capacity")]
    [InlineData(null, "{\"capacity\":\"many\"}", "capacity")]
    public async Task An_allotment_that_is_not_in_order_is_refused(string? path, string body, string field)
    {
        var answer = await customer.SendAsync(HttpMethod.Put, path ?? Night(73), body);
        answer.Status.Should().BeOneOf(HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest);
        answer.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(field);
        (await customer.SendAsync(HttpMethod.Put, $"resorts/nowhere/allotments/{InDays(73):O}", "{\"capacity\":1}")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Several_nights_are_told_at_once_with_what_is_held_and_sold_of_each()
    {
        await PutAsync(Night(76), Capacity(9));
        (await customer.BookAsync(Customer.Order("seorak-ridge", InDays(76), nights: 2, rooms: 2))).Status.Should().Be(HttpStatusCode.Created);
        var held = await customer.BookAsync(Customer.TransferOrder("seorak-ridge", InDays(77)));

        var link = (await customer.GetAsync("resorts/seorak-ridge")).Link("allotments")!.Replace("{?from,to}", $"?from={InDays(75):O}&to={InDays(77):O}", StringComparison.Ordinal);
        var nights = (await customer.GetAsync(link)).Json.GetProperty("_embedded").GetProperty("allotments").EnumerateArray().ToList();

        nights.Select(night => (night.Text("date"), night.Text("capacity"), night.Text("held"), night.Text("sold"), night.Text("free"))).Should().Equal(
            ($"{InDays(75):O}", "50", "0", "0", "50"), ($"{InDays(76):O}", "9", "0", "2", "7"), ($"{InDays(77):O}", "50", "1", "2", "47"));
        nights[1].GetProperty("_links").GetProperty("change").Text("href").Should().Be($"/{Night(76)}");
        await customer.CancelAsync(held["reservationid"]!);
    }

    [Theory]
    [InlineData("from=today&to=2020-01-01", "from", "to")]
    [InlineData("", "from", "to")]
    [InlineData("from={75}&to={74}", "to")]
    [InlineData("from={75}&to={175}", "to")]
    [InlineData("from={75}&to={9999}", "to")]
    public async Task Nights_that_are_not_in_order_are_refused(string query, params string[] fields)
    {
        var days = System.Text.RegularExpressions.Regex.Replace(query, @"\{(\d+)\}", day => $"{InDays(int.Parse(day.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)):O}");
        var answer = await customer.GetAsync($"resorts/seorak-ridge/allotments?{days}");
        answer.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        answer.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(fields);
        (await customer.GetAsync($"resorts/nowhere/allotments?from={InDays(1):O}&to={InDays(2):O}")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Each_change_of_an_allotment_is_published_once_and_nothing_else_is()
    {
        await using var listener = await Listener.StartAsync("allotment-changed");
        await using var system = await ResortSystem.StartAsync(guests: new Dictionary<string, int> { [Listener.App] = listener.Port });
        using var staff = new Customer(system.Gateway);
        var night = Night(74);
        (await staff.BookAsync(Customer.Order("seorak-ridge", InDays(74)))).Status.Should().Be(HttpStatusCode.Created);
        (HttpStatusCode, int)[] changes = [(HttpStatusCode.OK, 9), (HttpStatusCode.Conflict, 0), (HttpStatusCode.OK, 9), (HttpStatusCode.OK, 1), (HttpStatusCode.OK, 20)];
        foreach (var (expected, capacity) in changes)
            (await staff.SendAsync(HttpMethod.Put, night, Capacity(capacity).ToJsonString(), headers: ("x-correlation-id", $"change-{capacity}"))).Status.Should().Be(expected);

        var heard = await Probe.UntilAsync("the events", () => Task.FromResult(listener.Events), events => events.Count >= 3);

        heard.Select(one => one.GetProperty("type").GetString()).Should().AllBe("AllotmentChanged");
        heard.Select(one => one.GetProperty("data")).Select(data => (data.Text("eventid"), data.Text("correlationid"), data.Text("capacity"), data.Text("sold"))).Should().Equal(
            ($"seorak-ridge:{InDays(74):O}:AllotmentChanged:1", "change-9", "9", "1"),
            ($"seorak-ridge:{InDays(74):O}:AllotmentChanged:2", "change-1", "1", "1"),
            ($"seorak-ridge:{InDays(74):O}:AllotmentChanged:3", "change-20", "20", "1"));
    }

    private Task<Answer> PutAsync(string path, JsonObject body) => customer.SendAsync(HttpMethod.Put, path, body.ToJsonString());

    private async Task<JsonElement> AvailabilityAsync(string resort, int days) => (await customer.GetAsync($"resorts/{resort}/availability?date={InDays(days):O}&nights=1")).Json;

    private static string Night(int days) => $"resorts/seorak-ridge/allotments/{InDays(days):O}";

    private static JsonObject Capacity(int capacity) => new() { ["capacity"] = capacity };

    private static JsonObject Resort(string name, long rate = 90_000) => new() { ["region"] = "Gangwon", ["resort"] = name, ["rate"] = rate, ["maxpersonsperroom"] = 4, ["defaultcapacity"] = 12 };

    private static JsonObject With(JsonObject order, string field, long value)
    {
        order[field] = value;
        return order;
    }
}
